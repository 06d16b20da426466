/* Waits for the red key: see README.md */
(function () {
  'use strict';
  var prompt = document.getElementById('p'), body = document.body, timer, set;

  /* None of these objects exist on a set without HbbTV. */
  function tell(mask) {
    try {
      set = document.getElementById('m').getOwnerApplication(document);
      set.privateData.keyset.setValue(mask);
      set.show();
    } catch (none) { }
  }

  /* Also on return from the portal: show the broadcast again and release all keys but red. */
  function wait() {
    tell(1);
    prompt.className = '';
    clearTimeout(timer);
    timer = setTimeout(function () { prompt.className = 'off'; }, 20000);
  }

  function open() {
    clearTimeout(timer);
    prompt.className = 'off';
    tell(0x11F);
    window.name = JSON.stringify({ way: [], exit: body.getAttribute('data-here') });
    location.href = prompt.href;
    return false;
  }

  document.onkeydown = function (event) {
    var red = window.KeyEvent && window.KeyEvent.VK_RED || 403;
    return event.keyCode !== red && event.keyCode !== 403 && event.keyCode !== 108 || open();
  };
  prompt.onclick = open;
  window.onpageshow = function (event) { if (event.persisted) { wait(); } };
  wait();
}());
