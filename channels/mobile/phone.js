/* Script of question pages: announces errors, fills in the location, and polls whether the journey was moved. */
(function () {
  'use strict';
  var body = document.body;
  var problem = document.getElementById('problem');
  var spot = document.querySelector('input[data-spot]');
  var watch = body.getAttribute('data-watch');
  var left = 600;
  var looking;

  /* Focus the field without adding a history entry. */
  function toField(event) {
    var field = event.target.hash && document.querySelector(event.target.hash);
    if (field) {
      event.preventDefault();
      field.focus();
    }
  }

  /* Replace a refused POST in the history by the question, so that Back does not ask to resend the form. */
  function leave() { window.history.replaceState(null, '', window.location.href); }

  if (problem) {
    problem.focus();
    problem.addEventListener('click', toField);
  }
  document.addEventListener('submit', leave);
  document.addEventListener('click', function (event) { if (event.target.closest && event.target.closest('a')) { leave(); } });

  /* Ignore a second submit while the first is in progress. The button stays enabled for a return to the page. */
  [].forEach.call(document.querySelectorAll('form.ask'), function (form) {
    var sent = 0;
    form.addEventListener('submit', function (event) {
      var now = Date.now();
      if (now - sent < 3000) { event.preventDefault(); }
      sent = now;
    });
  });

  function offerPlace() {
    var button = document.createElement('button');
    var said = document.createElement('p');
    said.setAttribute('role', 'status');
    button.type = 'button';
    button.className = 'locate';
    button.textContent = spot.getAttribute('data-spot');
    button.addEventListener('click', function () {
      said.textContent = spot.getAttribute('data-looking');
      navigator.geolocation.getCurrentPosition(function (found) {
        var at = spot.form.elements[spot.name + '.at'];
        at.value = found.coords.latitude.toFixed(5) + ',' + found.coords.longitude.toFixed(5);
        said.textContent = spot.getAttribute('data-found');
        if (!spot.value) { spot.focus(); }
      }, function () { said.textContent = spot.getAttribute('data-lost'); }, { enableHighAccuracy: true, timeout: 15000 });
    });
    spot.parentNode.parentNode.insertBefore(said, spot.parentNode.nextSibling);
    spot.parentNode.parentNode.insertBefore(button, said);
  }

  /* A code works for ten minutes: nobody is waited for after that. */
  function look() {
    left -= 1;
    if (!left) { window.clearInterval(looking); }
    fetch(watch, { credentials: 'same-origin', cache: 'no-store' }).then(function (answer) { return answer.json(); }).then(function (said) {
      if (said.moved) { window.location.replace(said.to); }
    }).catch(function () { /* the line is gone for a moment: look again */ });
  }

  /* The code on a receipt leads here with the reference behind the #. */
  function showReference(reference, digits) {
    if (reference && digits) {
      reference.querySelector('strong').textContent = digits.slice(1).join(' ');
      reference.hidden = false;
    }
  }

  showReference(document.querySelector('.reference[hidden]'), /^#(\d{3})(\d{3})(\d{4})$/.exec(window.location.hash));
  if (spot && navigator.geolocation) { offerPlace(); }
  /* The server tells when the page has changed; without streams it is asked. */
  function follow() {
    var events = new EventSource(watch);
    events.onmessage = function (event) { window.location.replace(JSON.parse(event.data).to); };
    events.onerror = function () {
      events.close();
      looking = window.setInterval(look, 5000);
    };
  }

  if (watch && body.getAttribute('data-live') && window.EventSource) { follow(); } else if (watch) { looking = window.setInterval(look, 1000); }
}());
