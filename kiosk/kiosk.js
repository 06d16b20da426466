/* Runs on every kiosk page: blocks ways out of the page, keeps no history, and ends idle sessions. */
(function () {
  'use strict';
  const body = document.body;
  const attract = body.dataset.attract;
  const dialog = document.getElementById('idle');
  const STILL = '#still';
  const NAMED = ['BrowserBack', 'BrowserForward', 'BrowserHome', 'BrowserSearch', 'ContextMenu', 'LaunchMail', 'Meta', 'OS', 'PrintScreen'];
  const RETRY = 3000;
  const FRESH = 600000;
  let sending = false;
  let over = false;

  /* Block the browser's own keys, menus and gestures. AltGr types letters. */
  function breaksOut(event) {
    const types = event.key.length === 1 && event.getModifierState('AltGraph');
    const held = event.ctrlKey || event.altKey || event.metaKey;
    return !types && (held || /^F[0-9]+$/.test(event.key) || NAMED.includes(event.key));
  }

  function swallow(event) { event.preventDefault(); }

  window.addEventListener('keydown', (event) => { if (breaksOut(event)) { swallow(event); } }, true);
  window.addEventListener('wheel', (event) => { if (event.ctrlKey) { swallow(event); } }, { capture: true, passive: false });
  ['contextmenu', 'dragstart', 'drop', 'auxclick'].forEach((kind) => window.addEventListener(kind, swallow, true));
  window.addEventListener('selectstart', (event) => {
    if (!(event.target instanceof Element && event.target.closest('input, textarea'))) { swallow(event); }
  }, true);

  /* Replace the history entry on each navigation, so that there is nothing to go back to. */
  function go(address) { window.location.replace(address); }

  function channel(path) { return path.split('/')[1]; }

  /* The previous page, unless it was this screen or the visitor came by the back link. */
  function before() {
    if (!document.referrer || window.location.hash === STILL) { return ''; }
    const from = new URL(document.referrer);
    const stranger = from.origin !== window.location.origin || channel(from.pathname) !== channel(window.location.pathname);
    const here = from.pathname === window.location.pathname && from.search === window.location.search;
    return stranger || here || from.pathname === attract ? '' : from.href;
  }

  function follow(event) {
    const link = event.target.closest('a[href]');
    if (!link) { return; }
    event.preventDefault();
    if (link.hash && link.pathname === window.location.pathname && !('still' in link.dataset)) {
      document.querySelector(link.hash).focus();
    } else if ('finish' in link.dataset) {
      finish();
    } else {
      const back = 'back' in link.dataset ? before() : '';
      go((back || link.href) + (back || 'still' in link.dataset ? STILL : ''));
    }
  }

  /* GET forms navigate. POST forms are sent by script, and the response replaces this page. */
  function send(event) {
    const form = event.target;
    const button = event.submitter;
    const asked = (button && button.getAttribute('formaction')) || form.getAttribute('action') || '';
    const action = new URL(asked, window.location.href);
    const said = new URLSearchParams(new FormData(form, button));
    event.preventDefault();
    if (form.getAttribute('method') === 'post') {
      tellServer(form, action.href, said);
    } else {
      action.search = said.toString();
      go(action.href);
    }
  }

  function tellServer(form, address, said) {
    const unsent = form.querySelector('[data-unsent]');
    if (sending) { return; }
    sending = true;
    unsent.hidden = true;
    fetch(address, { method: 'POST', body: said }).then((answer) => answer.text().then((page) => show(answer.url, page))).catch(() => {
      sending = false;
      unsent.hidden = false;
    });
  }

  /* document.open() removes listeners but not timers: timers check whether the page has been replaced. */
  function show(address, page) {
    over = true;
    window.dispatchEvent(new Event('replaced'));
    history.replaceState(null, '', address);
    document.open();
    document.write(page);
    document.close();
    dress();
  }

  /* The content security policy of the first page still applies, so the response's style sheet is inserted by script. */
  function dress() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(document.querySelector('style').textContent);
    document.adoptedStyleSheets = [sheet];
  }

  /* End of a session: cover the page at once, and leave it when the server responds. */
  function finish() {
    document.querySelectorAll('form').forEach((form) => form.reset());
    document.querySelectorAll('input:not([type=hidden]), textarea').forEach((input) => { input.value = ''; });
    try {
      window.sessionStorage.clear();
      window.localStorage.clear();
    } catch (refused) { /* there is none to clear */ }
    body.classList.add('leaving');
    leave();
  }

  function leave() {
    fetch(body.dataset.leave, { cache: 'no-store' }).then((answer) => {
      if (!answer.ok) { throw new Error(answer.status); }
      go(attract);
    }).catch(() => window.setTimeout(leave, RETRY));
  }

  function listens() { return Boolean(window.sessionStorage.getItem('listen')); }

  function watchForNobody() {
    const idle = Number(body.dataset.idle) * 1000;
    const warning = Number(body.dataset.warning) * 1000;
    const count = dialog.querySelector('[data-count]');
    let waiting = 0;
    let ticking = 0;
    let due = 0;

    function rest() {
      if (over) { return; }
      window.clearTimeout(waiting);
      /* Who listens needs longer: the page is heard, not seen at a glance. */
      waiting = window.setTimeout(warn, idle * (listens() ? 2 : 1));
    }

    function tick() {
      if (over) { return; }
      const left = Math.ceil((due - Date.now()) / 1000);
      count.textContent = String(Math.max(left, 0));
      if (left <= 0) {
        window.clearInterval(ticking);
        finish();
      }
    }

    function warn() {
      if (over) { return; }
      if ('speaking' in body.dataset) {
        rest();
        return;
      }
      if (!warning) {
        finish();
        return;
      }
      due = Date.now() + warning;
      dialog.showModal();
      tick();
      ticking = window.setInterval(tick, 1000);
    }

    function more() {
      window.clearInterval(ticking);
      dialog.close();
      rest();
    }

    /* A touch beside the prompt counts as an answer. */
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog || event.target.closest('[data-more]')) { more(); }
    });
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); more(); });
    ['pointerdown', 'keydown', 'input'].forEach((kind) => {
      window.addEventListener(kind, () => { if (!dialog.open) { rest(); } }, { capture: true, passive: true });
    });
    rest();
  }

  /* On the attract screen any touch begins a session, and the page is reloaded periodically. */
  function invite() {
    const begin = document.querySelector('[data-begin]');
    document.addEventListener('click', (event) => { if (!event.target.closest('a')) { go(begin.href); } });
    begin.focus();
    document.addEventListener('keydown', (event) => {
      if (event.key.length === 1 || event.key.startsWith('Arrow')) { go(begin.href); }
    });
    window.setInterval(() => {
      fetch(window.location.href, { cache: 'reload' }).then((answer) => { if (answer.ok) { go(window.location.href); } }).catch(() => {});
    }, FRESH);
  }

  function tell() {
    const now = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    document.querySelectorAll('[data-clock]').forEach((clock) => { clock.textContent = now; });
  }

  /* An address without a device redirects by the orientation of the screen. */
  function turn() {
    const wide = window.innerWidth > window.innerHeight;
    if (body.dataset.turned && wide !== (body.dataset.way === 'landscape')) { go(body.dataset.turned); }
  }

  turn();
  tell();
  window.setInterval(tell, 5000);
  window.addEventListener('resize', turn);
  window.addEventListener('pageshow', (event) => { if (event.persisted) { finish(); } });
  document.addEventListener('click', follow);
  document.addEventListener('submit', send);
  /* Poll whether the journey was moved to another device; if so, say so here. That page ends the session by itself. */
  function look() {
    if (over) { return; }
    fetch(body.dataset.watch, { cache: 'no-store' }).then((answer) => answer.json()).then((said) => {
      if (said.moved) { go(said.to); } else { window.setTimeout(look, (said.wait || 1) * 1000); }
    }).catch(() => window.setTimeout(look, 1000));
  }

  /* The server tells when the page has changed; without streams it is asked. */
  function watchStream() {
    const events = new EventSource(body.dataset.watch);
    events.onmessage = (event) => { if (!over) { go(JSON.parse(event.data).to); } };
    events.onerror = () => { events.close(); window.setTimeout(look, 5000); };
  }

  if (body.dataset.watch) { if (body.dataset.live && window.EventSource) { watchStream(); } else { look(); } }
  if (dialog) { watchForNobody(); } else { invite(); }
}());
