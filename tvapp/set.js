/* Shows what only the set knows: its measurements, and the code of each key. */
(function () {
  'use strict';
  var body = document.body, names = told('names').split(','), keys = {}, pressed = [], leaving;
  var box = document.getElementById('k'), up = document.getElementById('u');

  function told(name) { return body.getAttribute('data-' + name); }
  function say(where, what) { where.textContent = what; }

  told('keys').split(',').forEach(function (table) {
    var key = 0;
    table.split(' ').forEach(function (range) {
      var ends = range.split('-'), code = +ends[0];
      do { keys[code] = Math.min(key++, 19); } while (code++ < ends[1]);
    });
  });

  say(document.getElementById('p'), window.innerWidth + ' x ' + window.innerHeight + ' · ' +
    screen.width + ' x ' + screen.height + ' · ' + (window.devicePixelRatio || 1));
  say(box, told('press'));

  /* Show every key; OK still follows the link, and Back leaves after a delay. */
  document.onkeydown = function (event) {
    var code = event.keyCode, key = keys[code];
    pressed = [code + ' ' + (key === undefined ? '(' + told('unknown') + ')' : names[key])].concat(pressed).slice(0, 3);
    say(box, pressed.join('  ·  '));
    if (key === 19 && !leaving) { leaving = setTimeout(function () { location.href = up.href; }, 3000); }
    return key === 4;
  };
  up.focus();

  try {
    var set = document.getElementById('m').getOwnerApplication(document);
    set.show();
    set.privateData.keyset.setValue(0x11F);
  } catch (none) { }
  try {
    window.tizen.tvinputdevice.getSupportedKeys().forEach(function (key) {
      try { window.tizen.tvinputdevice.registerKey(key.name); } catch (taken) { }
    });
  } catch (none) { }
}());
