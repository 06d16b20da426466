/* The remote control: see README.md */
(function () {
  'use strict';
  var keys = {}, typed = '', memory, leaving, timer;
  var up = find('#u'), box = find('#n'), number = box.textContent, search = find('.r').href, query = told('query');

  function find(what) { return document.querySelector(what); }
  function told(name) { return document.body.getAttribute('data-' + name); }
  function links() { return [].slice.call(document.querySelectorAll('a,button,input:not([type=hidden])')); }
  function save() { window.name = JSON.stringify(memory); }

  function arrive() {
    var last;
    leaving = 0;
    try { memory = JSON.parse(window.name); last = memory.way.pop(); } catch (none) { memory = { way: [] }; }
    if (last && last[0] !== location.pathname) { memory.way.push(last); last = 0; }
    if (!up) { memory.way = []; }
    save();
    (last && links()[last[1]] || location.hash && find(location.hash) || find('#f') || up || links()[0]).focus();
  }

  function go(address, forgets) {
    if (!leaving) {
      leaving = 1;
      if (!forgets) { memory.way = memory.way.slice(-30).concat([[location.pathname, links().indexOf(document.activeElement)]]); }
      save();
      location[forgets ? 'replace' : 'assign'](address);
    }
    return 1;
  }

  function back() {
    var last = memory.way[memory.way.length - 1];
    if (last || up) { return go(last ? last[0] : up.href, 1); }
    try { window.tizen.application.getCurrentApplication().exit(); } catch (none) { return 0; }
  }

  function follow(link) {
    if (link === up) { return back(); }
    if (link.lang) { memory.way = []; }
    if (link.href) { return go(link.href, link.lang); }
    link.click();
    return 1;
  }

  function show(digits) {
    clearTimeout(timer);
    typed = digits;
    box.textContent = digits ? digits + '--'.slice(digits.length - 1) : number;
    box.className = digits && 'on';
  }

  function open() {
    var keyed = typed, choice = document.querySelectorAll('.m b')[keyed - 1];
    show('');
    return keyed > 99 ? go(search.slice(0, -6) + keyed) : choice && follow(choice.parentNode);
  }

  function digit(key) {
    if (query !== null) {
      query += key;
      leaving = 0;
      return go(search + '/' + query, query[1]);
    }
    show(typed + key);
    timer = setTimeout(open, typed.length < (told('digits') || 3) ? 2000 : 0);
    return 1;
  }

  /* To the nearest link; what stands aside counts as farther away. */
  function move(way) {
    var here = place(document.activeElement), least = 1e9, best;
    function place(link) {
      var sides = link.getClientRects()[0], x = [sides.left, sides.right], y = [sides.top, sides.bottom];
      return way % 2 ? y.concat(x) : x.concat(y);
    }
    links().forEach(function (link) {
      var there = place(link), ahead = way < 2 ? here[0] - there[1] : there[0] - here[1];
      var far = Math.abs(ahead) + Math.max(0, there[2] - here[3], here[2] - there[3]) * 2 + Math.abs(there[2] - here[2]) / 99;
      if (ahead > -9 && far < least) { least = far; best = link; }
    });
    return best && best.focus() || 1;
  }

  /* 0-3 arrows, 4 OK, 5-8 colours, 9-18 digits, 19 Back. */
  function act(key) {
    var link = document.activeElement;
    if (link.type === 'text' && key !== 1 && key !== 3) { return 0; }
    if (key < 4) { return move(key); }
    if (key > 18) { return back(); }
    if (key > 8) { return digit(key - 9 + ''); }
    if (key < 5 && typed) { return open() || 1; }
    if (key > 4) { link = find('.' + 'rgyb'[key - 5]); }
    return link && follow(link);
  }

  /* A key held or struck twice counts once. */
  document.onkeydown = function (event) {
    var code = event.keyCode, key = keys[code], now = +new Date(), since = now - memory.at;
    if (key === undefined || event.ctrlKey || event.altKey) { return true; }
    if (code === memory.code && key > 3 && since < (memory.down && event.repeat !== false ? 600 : key < 5 && 350)) { key = 20; }
    memory.code = code;
    memory.at = now;
    memory.down = 1;
    save();
    return key < 20 && !act(key);
  };
  document.onkeyup = function () { memory.down = 0; save(); };
  document.onclick = function (event) {
    var link = event.target;
    while (link && !link.href) { link = link.parentNode; }
    return !link || !follow(link);
  };
  window.onpageshow = function (event) { if (event.persisted) { arrive(); } };

  told('keys').split(',').forEach(function (table) {
    var key = 0;
    table.split(' ').forEach(function (range) {
      var ends = range.split('-'), code = +ends[0];
      do { keys[code] = Math.min(key++, 19); } while (code++ < ends[1]);
    });
  });
  arrive();

  /* Whether the journey has gone on at another screen. */
  function look() {
    var asked = new XMLHttpRequest();
    asked.onload = function () {
      var said = JSON.parse(asked.responseText);
      if (said.moved) { go(said.to, 1); }
    };
    asked.open('GET', told('watch'));
    asked.send();
    setTimeout(look, 1000);
  }
  if (told('watch')) { look(); }

  (function tick() {
    var now = new Date();
    find('i').textContent = now.getHours() + ':' + ('0' + now.getMinutes()).slice(-2);
    setTimeout(tick, 9000);
  }());

  try {
    var set = find('#m').getOwnerApplication(document);
    set.show();
    set.privateData.keyset.setValue(0x11F);
  } catch (none) { }
  try {
    '0 1 2 3 4 5 6 7 8 9 ColorF0Red ColorF1Green ColorF2Yellow ColorF3Blue'.split(' ').forEach(function (name) {
      window.tizen.tvinputdevice.registerKey(name);
    });
  } catch (none) { }
}());
