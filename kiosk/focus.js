/* The kiosk by keys: arrows move the focus, Enter chooses, and one switch alone reaches everything. A tap that bounces counts once. */
(function () {
  'use strict';
  const BOUNCE = 150;
  const STEP = 1500;
  const ROUNDS = 2;
  const SWITCH = 'F14';
  const SCANNING = 'scanning';
  const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  /* From right to left the next control is on the left. */
  const FORWARD = [document.documentElement.dir === 'rtl' ? -1 : 1, 0];
  const REACHED = 'a[href], button:not([disabled]), input:not([type=hidden]), textarea';
  let over = false;
  let bounced = false;
  let last = { control: null, key: '', at: -BOUNCE };
  let scanning = 0;
  let left = 0;

  function swallow(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function controlOf(target) { return target instanceof Element ? target.closest('label, a, button, input, textarea') : null; }

  /* Everything that can be chosen, what the page is about before the bars; in an open dialog nothing else. */
  function reached() {
    const dialog = document.querySelector('dialog[open]');
    const all = Array.from((dialog || document).querySelectorAll(REACHED));
    const seen = all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.classList.contains('skip'));
    const main = seen.filter((one) => one.closest('main'));
    return main.concat(seen.filter((one) => !one.closest('main')));
  }

  function at(one) {
    const box = (one.closest('label') || one).getBoundingClientRect();
    return { left: box.left, right: box.right, top: box.top, bottom: box.bottom };
  }

  /* How far a control lies in a direction, sideways distance counting double; Infinity if it does not. */
  function distance(from, to, [, down]) {
    const ahead = down > 0 ? to.top - from.bottom : from.top - to.bottom;
    const aside = Math.max(0, to.left - from.right, from.left - to.right);
    return ahead < -10 ? Infinity : Math.max(0, ahead) + aside * 2;
  }

  /* Left and right go through everything in order, so that nothing is out of reach; up and down take the nearest. */
  function move(way) {
    const all = reached();
    const here = all.indexOf(document.activeElement);
    const next = all[(here + (way[0] * FORWARD[0] || way[1]) + all.length) % all.length];
    if (here < 0 || way[0]) { return (here < 0 ? all[0] : next).focus(); }
    const from = at(all[here]);
    const others = all.filter((one) => one !== all[here]).map((one) => [distance(from, at(one), way), one]);
    const [far, nearest] = others.reduce((best, one) => (one[0] < best[0] ? one : best), [Infinity, null]);
    return (far < Infinity ? nearest : next).focus();
  }

  /* A text field keeps the keys that move within its text. */
  function staysIn(field, way) {
    if (!field.matches('textarea, input:not([type=radio], [type=checkbox])') || (way[1] && field.tagName === 'INPUT')) { return false; }
    const end = field.value.length;
    return way[0] + way[1] < 0 ? field.selectionStart > 0 : field.selectionEnd < end;
  }

  function choose(one) {
    if (one && one !== document.body) { one.click(); }
  }

  /* With one switch: it begins a walk through everything, and chooses what the walk has come to. */
  function scan() {
    window.clearInterval(scanning);
    left = reached().length * ROUNDS;
    scanning = window.setInterval(() => {
      left -= 1;
      if (over || left < 0) { window.clearInterval(scanning); scanning = 0; } else { move(FORWARD); }
    }, STEP);
    if (!reached().includes(document.activeElement)) { move(FORWARD); }
  }

  function press() {
    if (scanning) {
      choose(document.activeElement);
      scan();
    } else {
      window.sessionStorage.setItem(SCANNING, 'yes');
      scan();
    }
  }

  window.addEventListener('pointerdown', (event) => {
    const control = controlOf(event.target);
    bounced = control !== null && control === last.control && event.timeStamp - last.at < BOUNCE;
    last = { control, key: '', at: event.timeStamp };
  }, true);
  window.addEventListener('click', (event) => { if (bounced && event.detail) { swallow(event); } }, true);

  window.addEventListener('keydown', (event) => {
    const here = document.activeElement;
    const chooses = event.key === 'Enter' || event.key === ' ' || event.code === SWITCH;
    if (chooses && (event.repeat || (last.key === event.code && event.timeStamp - last.at < BOUNCE))) {
      swallow(event);
      return;
    }
    last = { control: null, key: event.code, at: event.timeStamp };
    if (event.code === SWITCH) {
      swallow(event);
      press();
    } else if (event.key === 'Enter' && here.matches('input[type=radio], input[type=checkbox]')) {
      /* Elsewhere Enter would send the form before anything is chosen. */
      swallow(event);
      choose(here);
    } else if (event.key in WAYS && !event.altKey && !event.ctrlKey && !event.metaKey && !staysIn(here, WAYS[event.key])) {
      event.preventDefault();
      move(WAYS[event.key]);
    }
  }, true);

  window.addEventListener('replaced', () => { over = true; });
  const refused = document.querySelector('.error:not([hidden])') && document.querySelector('.options input');
  if (refused) { refused.focus(); }
  if (window.sessionStorage.getItem(SCANNING)) { scan(); }
}());
