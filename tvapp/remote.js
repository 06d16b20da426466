/* The remote control: see README.md */
(function (set) {
  var typed = '', memory, leaving, timer, manager, sure, sound, ahead = 65536, held = 0;
  var up = find('#u'), box = find('output'), number = box.textContent, search = find('.r').href, query = told('query'), form = find('form');

  function find(what) { return document.querySelector(what); }
  function told(name) { return document.body.getAttribute('data-' + name); }
  function links() { return [].slice.call(document.querySelectorAll('a,button,input:not([type=hidden])')); }
  function save() { window.name = JSON.stringify(memory); }
  function say(text) { box.textContent = text || number; box.className = text && 'on'; }

  function arrive() {
    var last;
    leaving = 0;
    say('');
    try { memory = JSON.parse(window.name); last = memory.way.pop(); } catch (none) { memory = { way: [] }; }
    if (last && last[0] != location.pathname) { memory.way.push(last); last = 0; }
    if (!up) { memory.way = []; }
    save();
    (last && links()[last[1]] || find(location.hash || '#f') || find('#f') || up || links()[0]).focus();
  }

  function ask(address, then, lost) {
    try {
      var asked = new XMLHttpRequest();
      asked.onload = function () { then(asked.responseText); };
      asked.onerror = asked.ontimeout = lost;
      asked.open('GET', address);
      asked.timeout = 9000;
      asked.send();
    } catch (none) { then(''); }
  }

  /* Leave this page only when the next one can be had: without a line what is on it stays, and goes on by itself. */
  function reach(address, then) {
    clearTimeout(timer);
    timer = setTimeout(say, 300, '...');
    ask(form ? '/healthz' : address, then, function () {
      clearTimeout(timer);
      say(set.gone);
      setTimeout(reach, 2000, address, then);
    });
  }

  function go(address, forgets) {
    if (!leaving) {
      leaving = 1;
      if (!forgets) { memory.way = memory.way.slice(-30).concat([[location.pathname, links().indexOf(document.activeElement)]]); }
      save();
      reach(address, function () { location[forgets ? 'replace' : 'assign'](address); });
    }
    return 1;
  }

  function back() {
    var last = memory.way[memory.way.length - 1];
    if (last || up || memory.exit) { return go(last ? last[0] : up ? up.href : memory.exit, 1); }
    try { return set.leave(manager) || 1; } catch (none) { }
  }

  /* Read aloud, or pause; what has ended begins again. Once begun, the pages after this one read themselves. */
  function listen(address) {
    var on = memory.heard && sound && !sound.ended && sound.playState != 5;
    memory.heard = !on;
    save();
    if (!sound) {
      sound = document.createElement(window.Audio ? 'audio' : 'object');
      sound.type = 'audio/mpeg';
      sound.src = sound.data = address;
      document.body.appendChild(sound);
    }
    return on && sound.pause ? sound.pause() || 1 : sound.play(on ? 0 : 1) || 1;
  }

  function follow(link) {
    if (link.lang) { memory.way = []; }
    return link == up ? back() : link.className == 'y' ? listen(link.href) : link.href ? go(link.href, link.lang) : link.click() || 1;
  }

  function show(digits) {
    clearTimeout(timer);
    typed = digits;
    say(digits && digits + '--'.slice(digits.length - 1));
  }

  function open() {
    var keyed = typed, choice = document.querySelectorAll('.m b')[keyed - 1];
    show('');
    return keyed > 99 ? go(search.slice(0, -6) + keyed) : choice && follow(choice.parentNode);
  }

  function digit(key) {
    if (query != null) {
      query += key;
      leaving = 0;
      return go(search + '/' + query + '#r', query[1]);
    }
    show(typed + key);
    timer = setTimeout(open, typed.length < (form ? 1 : told('digits') || 3) ? 2000 : 0);
    return 1;
  }

  /* Up and down to the nearest link, where what stands aside counts as farther away; left and right through all of them, row by row. */
  function move(way) {
    var here = document.activeElement, from = here.getClientRects()[0], least = 1e9, best, all = links();
    all.forEach(function (link) {
      var to = link.at = link.getClientRects()[0], far = way < 2 ? from.top - to.bottom : to.top - from.bottom;
      far += far > -9 ? Math.max(0, to.left - from.right, from.left - to.right) * 2 + Math.abs(to.left - from.left) / 99 : 1e9;
      if (far < least) { least = far; best = link; }
    });
    if (way % 2 < 1) {
      all.sort(function (a, b) {
        a = a.at;
        b = b.at;
        return a.bottom * 2 <= b.top + b.bottom ? -1 : b.bottom * 2 <= a.top + a.bottom ? 1 : a.left - b.left;
      });
      best = all[(all.indexOf(here) + all.length + way - 1) % all.length];
    }
    return best && best.focus() || 1;
  }

  /* 0-3 arrows, 4 OK, 5-8 colours, 9-18 digits, 19 Back. */
  function act(key) {
    var link = document.activeElement;
    if (link.type == 'text' && key != 1 && key != 3) { return 0; }
    if (key > 4 && key < 9) { link = find('.' + 'rgyb'[key - 5]); }
    return key < 4 ? move(key) : key > 18 ? back() : key > 8 ? digit(key - 9 + '') : key < 5 && typed ? open() || 1 : link && follow(link);
  }

  /* A key held or struck twice counts once. */
  document.onkeydown = function (event) {
    var code = event.keyCode, key = set.keys[code], now = +new Date(), since = now - memory.at;
    if (key == null || event.ctrlKey) { return true; }
    if (code == memory.code && key > 3 && since < (memory.down && event.repeat != false ? 600 : key < 5 && 350)) { key = 20; }
    memory.code = code;
    memory.at = now;
    memory.down = 1;
    save();
    return key < 20 && !act(key);
  };
  document.onkeyup = function () { memory.down = 0; save(); };
  document.onclick = function (event) {
    var link = event.target;
    while (link && !link.href && link.type != 'submit') { link = link.parentNode; }
    if (link && !link.href && !sure && !leaving) {
      leaving = 1;
      reach('', function () { sure = 1; link.click(); });
      return false;
    }
    return !link || (link.href ? !follow(link) : sure);
  };
  window.onpageshow = function (event) { return event.persisted && arrive(); };

  arrive();
  memory.heard && find('.y') && listen(find('.y').href);

  /* Whether the journey has gone on at another screen. */
  function look() {
    ask(told('watch'), function (text) {
      var said = JSON.parse(text);
      said.moved && go(said.to, 1);
    }, Date);
    setTimeout(look, 1000);
  }
  told('watch') && look();

  /* What is in focus for a moment may be wanted next: it waits in the set's cache. */
  function fetch() {
    var link = document.activeElement;
    if (link != held && link.href && !form && ahead > 0) {
      held = link;
      ask(link.href, function (text) { ahead -= text.length; }, Date);
    }
    setTimeout(fetch, 700);
  }
  setTimeout(fetch, 700);

  (function tick() {
    find('span').textContent = new Date().toTimeString().slice(0, 5);
    setTimeout(tick, 9000);
  }());

  try { manager = set.register(document); } catch (none) { }
}(SET));
