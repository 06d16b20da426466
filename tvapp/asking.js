/* Poll whether the journey was moved to another device, for the ten minutes that its code works. */
(function (watch) {
  var left = 600;
  function look() {
    var asked = new XMLHttpRequest();
    asked.onload = function () {
      var told = JSON.parse(asked.responseText);
      if (told.moved) { location.replace(told.to); } else { wait(told.wait); }
    };
    asked.onerror = function () { wait(); };
    asked.open('GET', watch);
    asked.send();
  }
  function wait(seconds) {
    left -= 1;
    if (left) { setTimeout(look, (seconds || 1) * 1000); }
  }
  if (watch) { look(); }
}(document.body.getAttribute('data-watch')));

/* Letters by the digit keys: a further press of a key gives its next sign, a pause or another key keeps it, holding it gives the digit.
   A button that shows the text and a cursor takes the place of the field, so that a set does not open a keyboard of its own. */
(function (page, field) {
  if (!field) { return; }
  /* Without it the set's own script does not work either: its form does. */
  new XMLHttpRequest();
  var pad = page.querySelector('.t'), capitals = field.getAttribute('data-kind'),
    box = page.createElement('button'), text = field.value, pending = '', key, place, timer,
    down, ups, yellow = page.querySelector('.y'), Delete = pad.querySelector('[value="<"]'), groups = {};

  [].map.call(pad.querySelectorAll('b'), function (digit) {
    groups[digit.textContent] = [].map.call(digit.parentNode.querySelectorAll('[name]'), function (sign) { return sign.value; });
  });

  /* Names and places begin each word with a capital, other text each sentence; an e-mail address has none. */
  function cased(sign) {
    var start = capitals == 'email' ? /$./ : /^(words|line)$/.test(capitals) ? /(^|[.?!] )$/ : /(^|[ '-])$/;
    return start.test(text) ? sign.toUpperCase() : sign;
  }

  function show() {
    field.value = text + pending;
    box.setAttribute('aria-label', field.getAttribute('aria-label') + ' ' + field.value);
    box.textContent = text;
    box.appendChild(page.createElement('i')).textContent = pending || '\u00a0';
  }

  function keep() {
    clearTimeout(timer);
    text = field.value;
    pending = key = '';
    show();
  }

  function write(sign) {
    pending = cased(sign);
    show();
  }

  function remove() {
    if (pending) { pending = key = ''; } else { text = text.slice(0, -1); }
    show();
  }

  function tap(digit, held) {
    clearTimeout(timer);
    if (digit == key) { place++; } else { keep(); place = 0; key = digit; }
    write(held ? digit : groups[digit][place % groups[digit].length]);
    timer = setTimeout(keep, 1200);
    held && keep();
  }

  function press(value) {
    if (value == '<') { remove(); } else { keep(); write(value); keep(); }
  }

  function stop(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /* 9-18 are the digits, 7 is yellow, which no other part of this page has; a repeat without a key up between is a key held down. */
  addEventListener('keydown', function (event) {
    var code = event.keyCode, sign = event.key || '', index = KEYS.indexOf(code) % 24, held = event.repeat || (ups && down == code);
    /* A letter of a keyboard. The keys of a remote have no names of one sign, or no names at all. */
    if (page.activeElement == box && sign.length == 1 && !/\d/.test(sign) && !event.ctrlKey) {
      stop(event);
      press(sign);
    } else if (index > 8 && index < 19) {
      stop(event);
      if (!held || down == code) { tap(index - 9 + '', held); }
      down = held ? 0 : code;
    } else if (index == 7 && !yellow || code == 8 && field.value) {
      stop(event);
      remove();
    } else if (index > -1) {
      keep();
    }
  }, true);
  addEventListener('keyup', function () { down = 0; ups = 1; }, true);
  addEventListener('click', function (event) {
    var link = event.target;
    if (link.name == 'k') { stop(event); press(link.value); }
  }, true);

  field.parentNode.insertBefore(box, field);
  field.type = 'hidden';
  field.removeAttribute('id');
  box.id = 'f';
  keep();
  box.focus();
}(document, document.querySelector('.w input')));
