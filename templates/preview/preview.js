/* The preview: synchronised frames, a remote control that sends key events to its frame, and polling for catalogue changes. */
(function () {
  'use strict';
  var frames = [].slice.call(document.querySelectorAll('iframe[data-prefix]'));
  var languages = document.body.getAttribute('data-languages').split(' ');
  var follow = document.getElementById('follow');
  var box = document.querySelector('.address input');
  var shown = '';

  /* /big/~old/cy/bins/missed-bin/2 -> { language: 'cy', neutral: '/bins/missed-bin' } */
  function taken(frame, path) {
    path = path.replace(/^\/preview\/~draft/, '');
    var parts = path.slice(frame.getAttribute('data-prefix').length).split('/').filter(Boolean);
    var language = languages[0];
    if (parts[0] && parts[0].charAt(0) === '~') { parts.shift(); }
    if (languages.indexOf(parts[0]) >= 0) { language = parts.shift(); }
    if (/^[1-9][0-9]?$/.test(parts[parts.length - 1]) && (parts[0] !== 'search' || parts.length > 2)) { parts.pop(); }
    return { language: language, neutral: '/' + parts.join('/') };
  }

  function prefixed(language, neutral) {
    return (language === languages[0] ? '' : '/' + language) + (neutral === '/' ? '/' : neutral);
  }

  function written(frame, place) {
    var device = frame.getAttribute('data-device');
    return frame.getAttribute('data-prefix') + (device ? '/~' + device : '') + prefixed(place.language, place.neutral);
  }

  function where(frame) {
    try { return taken(frame, frame.contentWindow.location.pathname); } catch (blocked) { return null; }
  }

  function weigh(frame) {
    var said = frame.closest('.apparatus').querySelector('.weight');
    var entry = frame.contentWindow.performance && frame.contentWindow.performance.getEntriesByType('navigation')[0];
    if (said && entry && entry.encodedBodySize) { said.textContent = (entry.encodedBodySize / 1000).toFixed(1) + ' kB'; }
  }

  /* A screen that only one channel has does not move the other frames. */
  function lead(frame, place) {
    var address = written(frame, place);
    fetch(address, { method: 'HEAD' }).then(function (answer) {
      if (answer.ok) { frame.contentWindow.location.replace(address); }
    });
  }

  function arrived(event) {
    var frame = event.target;
    var place = where(frame);
    if (!place) { return; }
    weigh(frame);
    var address = prefixed(place.language, place.neutral);
    if (address === shown || !follow.checked) { return; }
    shown = address;
    box.value = address;
    history.replaceState(null, '', '/preview' + address);
    [].forEach.call(document.querySelectorAll('[data-language]'), function (link) {
      var code = link.getAttribute('data-language');
      link.href = '/preview' + prefixed(code, place.neutral);
      link[code === place.language ? 'setAttribute' : 'removeAttribute']('aria-current', 'true');
    });
    frames.forEach(function (other) {
      var there = other !== frame && where(other);
      if (there && prefixed(there.language, there.neutral) !== address) { lead(other, place); }
    });
  }

  /* Synthetic key events have no default action in a browser, so it is done here. */
  function press(frame, code) {
    var view = frame.contentWindow;
    var page = view.document;
    var target = page.activeElement || page.body;
    var event;
    view.focus();
    ['keydown', 'keyup'].forEach(function (kind) {
      event = new view.KeyboardEvent(kind, { bubbles: true, cancelable: true });
      ['keyCode', 'which'].forEach(function (name) { Object.defineProperty(event, name, { value: code }); });
      if (target.dispatchEvent(event) && kind === 'keydown' && code === 13 && target.click) { target.click(); }
    });
  }

  function watch() {
    fetch('/healthz').then(function (answer) { return answer.json(); }).then(function (health) {
      var body = document.body;
      var faults = health.errors + ' ' + health.warnings;
      var changed = String(health.version) !== body.getAttribute('data-version');
      if (!changed && faults === body.getAttribute('data-faults')) { return; }
      body.setAttribute('data-version', health.version);
      body.setAttribute('data-faults', faults);
      if (changed) { frames.forEach(function (frame) { frame.contentWindow.location.reload(); }); }
      fetch(location.pathname).then(function (answer) { return answer.text(); }).then(function (text) {
        var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('state');
        document.getElementById('state').innerHTML = fresh.innerHTML;
      });
    }).catch(function () { /* the server is restarting: the next poll succeeds */ });
  }

  frames.forEach(function (frame) {
    var ready = where(frame);
    frame.addEventListener('load', arrived);
    if (ready) { shown = shown || prefixed(ready.language, ready.neutral); weigh(frame); }
  });
  [].forEach.call(document.querySelectorAll('[data-key]'), function (key) {
    var frame = key.closest('.apparatus').querySelector('iframe');
    /* The button must not take the focus away from the frame. */
    key.addEventListener('mousedown', function (event) { event.preventDefault(); });
    key.addEventListener('click', function () { press(frame, Number(key.getAttribute('data-key'))); });
  });
  window.setInterval(watch, 1500);
}());
