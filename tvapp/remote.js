/* The remote control: see README.md */
(function (page) {
  /* Without querySelector nothing below works; plain links still do. */
  new XMLHttpRequest();

  var typed = '', memory, leaving, sure, timer, rest, sound, ahead = 6e4, own = /\/ask|speech|area\/find/,
    up = find('#u'), listens = find('[type="audio/mpeg"]'), box = find('output'), number = box.textContent, search = find('.g').href.replace(/a-z$/, ''), query = told('query');

  function find(what) { return page.querySelector(what); }
  function told(what) { return page.body.getAttribute('data-' + what); }
  /* The first digit replaces the value of a field, so that an answer can be corrected. */
  function links() {
    return [].map.call(page.querySelectorAll('a,button,input:not([type=hidden])'), function (link) {
      link.onfocus = link.select;
      return link;
    });
  }
  function save() { name = JSON.stringify(memory); }
  function say(text) { box.textContent = text || number; box.className = text && 'on'; }

  function arrive(last) {
    leaving = sure = 0;
    try { memory = JSON.parse(name); last = memory.way.pop(); } catch (none) { memory = { way: [] }; }
    if (last && last[0] != location.pathname) { memory.way.push(last); last = ''; }
    if (!up) { memory.way = []; }
    show(Date.now() - memory.at < 3500 && memory.typed || '');
    timer = setTimeout(show, 3000, '');
    (links()[last && last[1]] || find(location.hash || '#f') || find('#f') || up || links()[0]).focus();
  }

  /* Personal pages are not cached, so only the redirect target is requested in advance. */
  function ask(way, address, then, lost, body) {
    var asked = new XMLHttpRequest();
    asked.onload = function () { then(asked.responseText); };
    asked.onerror = asked.ontimeout = lost;
    asked.open(way, address);
    asked.setRequestHeader('Accept', 'text/uri-list');
    asked.timeout = 9000;
    asked.send(body);
  }

  /* Navigate only once the next page responds: without a connection this page stays and retries. The last request wins. */
  function go(address, forgets, button, body) {
    var from = [location.pathname, links().indexOf(page.activeElement)];
    function reach() {
      if (leaving == address) {
        clearTimeout(timer);
        timer = setTimeout(say, 300, '...');
        ask(body ? 'POST' : own.test(address) ? 'HEAD' : 'GET', address, function (text) {
          if (leaving == address) {
            if (!forgets && !own.test(address)) { memory.way = memory.way.slice(-30).concat([from]); }
            save();
            text[0] == '/' ? location.assign(text) : button ? button.click(sure = 1) : location[forgets ? 'replace' : 'assign'](address);
          }
        }, function () {
          clearTimeout(timer);
          say(GONE);
          setTimeout(reach, 2000);
        }, body);
      }
    }
    if (leaving != address) {
      leaving = address;
      reach();
    }
  }

  /* Within a journey Back follows the server's link; elsewhere it goes back in the history. */
  function back() {
    var to = (!own.test(location) && memory.way.slice(-1)[0] || [up ? up.href : memory.exit])[0];
    if (to) { return go(to, 1); }
    try { LEAVE(); } catch (none) { return 1; }
  }

  /* Play, pause or restart the recording. Once started, the next pages play by themselves, but what is private asks first: its title. */
  function listen(link) {
    var on = memory.heard && sound && !sound.ended && sound.playState != 5;
    if (link.title) {
      link.lastChild.nodeValue = link.title;
      return link.title = '';
    }
    memory.heard = !on;
    save();
    if (!sound) {
      sound = page.createElement(window.Audio ? 'audio' : 'object');
      sound.type = link.type;
      sound.src = sound.data = link.href;
      page.body.appendChild(sound);
    }
    sound[on && sound.pause ? 'pause' : 'play'](+!on);
  }

  function follow(link) {
    if (link.lang) { memory.way = []; }
    link == up ? back() : !link.href ? link.click() : link == listens ? listen(link) : go(link.href, link.lang);
  }

  /* Digits typed here, after those of the last seconds on the pages before: whoever keys in a number slowly keeps them. */
  function show(digits) {
    clearTimeout(timer);
    memory.typed = digits;
    typed = digits && typed;
    save();
    say(digits && digits + '--'.slice(digits.length - 1));
  }

  function open() {
    var keyed = memory.typed, here = typed;
    typed = '';
    timer = setTimeout(show, 3000, '');
    if (keyed > 99 || own.test(location)) { show(''); }
    keyed > 99 ? go(search + keyed) : [].map.call(page.querySelectorAll('b'), function (row) { row.textContent == here && follow(row.parentNode); });
  }

  function digit(key) {
    if (query == null) {
      typed += key;
      /* 9 is Back, which may be pressed a third time: on one page 999 is a number, over three it is not. */
      show(typed == 9 && memory.typed == 99 ? key : memory.typed + key);
      timer = setTimeout(open, own.test(location) || (told('starts') || '123456789').indexOf(memory.typed[0]) < 0 || memory.typed[(told('digits') || 3) - 1] ? 0 : 1200);
    } else {
      query += key;
      go(search + 'search/' + query + '#r', query[1]);
    }
  }

  /* Up and down move to the nearest link, sideways distance counting more; left and right move in document order. */
  function move(way) {
    var here = page.activeElement, from = here.getClientRects()[0], least = 1e9, best, all = links();
    memory.typed && show('');
    all.map(function (link) {
      var to = link.at = link.getClientRects()[0], far = way < 2 ? from.top - to.bottom : to.top - from.bottom;
      far += far > -9 ? Math.max(0, to.left - from.right, from.left - to.right) * 2 : 1e9;
      if (far < least) { least = far; best = link; }
    });
    if (way % 2 < 1) {
      all.sort(function (a, b) {
        a = a.at;
        b = b.at;
        return (a.top + a.bottom - b.top - b.bottom) / 40 | 0 || a.left - b.left;
      });
      way || all.reverse();
      best = all[all.indexOf(here) + 1] || all[0];
    }
    best && best.focus();
  }

  /* 0-3 arrows, 4 OK, 5-8 colours, 9-18 digits, 19-23 Back. In a field, keys that write or delete are left to it. */
  function act(key, code) {
    var link = page.activeElement;
    if (link.type == 'text' && key != 1 && key != 3 && code < 106 && code != 27 && (code != 8 || link.value)) { return 1; }
    if (key > 4) { link = find('.' + 'rgyb'[key - 5]); }
    return key < 4 ? move(key) : key > 18 ? back() : key > 8 ? digit(key - 9 + '') : key < 5 && memory.typed ? open() : link && follow(link);
  }

  /* Ignore key repeat and double presses. */
  page.onkeydown = function (event) {
    var code = event.keyCode, key = KEYS.indexOf(code) % 24, time = Date.now(), since = time - memory.at;
    if (key < 0 || event.ctrlKey) { return; }
    rested();
    if (code == memory.code && key > 3 && since < (memory.down && event.repeat != 0 ? 600 : key < 5 && 350)) { key = 24; }
    memory.code = code;
    memory.at = time;
    memory.down = 1;
    save();
    return key < 24 && act(key, code) == 1;
  };
  page.onkeyup = function () { memory.down = 0; save(); };
  page.onclick = function (event) {
    var link = event.target, body;
    while (link && !link.href && link.type != 'submit') { link = link.parentNode; }
    if (link && !(sure && link.form)) {
      if (link.form) {
        body = new FormData(link.form);
        body.append(link.name, link.value);
        go(link.form.action, 1, link, body);
      } else { follow(link); }
      return false;
    }
  };
  onpageshow = function (event) { event.persisted && arrive(); };

  /* Prefetch the link that has had the focus for a moment. */
  function rested() {
    clearTimeout(rest);
    rest = setTimeout(function () {
      var link = page.activeElement;
      if (link.href && !leaving && ahead > 0 && !own.test(link.href)) { ask('GET', link.href, function (text) { ahead -= text.length; }); }
    }, 600);
  }

  arrive();
  rested();
  memory.heard && listens && listen(listens);

  function tick() {
    find('span').textContent = Date().slice(16, 21);
    setTimeout(tick, 9000);
  }
  tick();
}(document));
