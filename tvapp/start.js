/* Opens the server as soon as it responds: see README.md */
(function () {
  'use strict';
  var body = document.body, message = document.getElementById('w'), counts = document.getElementsByTagName('b');
  var origin = told('origin'), prefix = told('prefix'), wait = 10, left, timer, trying;

  function told(name) { return body.getAttribute('data-' + name); }

  /* Use the set's language if the council has it; the default language has no prefix in the address. */
  function home() {
    var code = (navigator.language || '').slice(0, 2).toLowerCase();
    return origin + prefix + (told('languages').split(',').indexOf(code) > 0 ? '/' + code : '') + '/';
  }

  function count() {
    var n;
    for (n = 0; n < counts.length; n++) { counts[n].textContent = left; }
    if (left-- < 1) { attempt(); } else { timer = setTimeout(count, 1000); }
  }

  function failed() {
    if (!trying) { return; }
    trying = 0;
    message.className = '';
    left = wait;
    wait = Math.min(wait * 2, 60);
    count();
  }

  /* An image loads across origins, and reports whether it loaded. */
  function attempt() {
    var picture = new Image();
    clearTimeout(timer);
    if (trying) { return; }
    trying = 1;
    picture.onload = function () { location.replace(home()); };
    picture.onerror = failed;
    timer = setTimeout(failed, 8000);
    picture.src = origin + prefix + '/here.gif?' + (+new Date());
  }

  function leave() {
    try { window.tizen.application.getCurrentApplication().exit(); } catch (none) { window.close(); }
  }

  document.onkeydown = function (event) {
    if (event.keyCode === 13) { wait = 10; attempt(); return false; }
    if (event.keyCode === 10009) { leave(); return false; }
    return true;
  };
  attempt();
}());
