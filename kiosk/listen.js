/* Reads the page aloud: by one key or button, or when headphones are put in. Once begun, every page of the visit is read; any key or
   touch interrupts it. What shows answers is read only after asking, unless headphones are in. */
(function () {
  'use strict';
  const button = document.querySelector('button[data-listen]');
  const label = button.querySelector('[data-label]');
  const dialog = document.getElementById('aloud');
  const RETRY = 2000;
  const KEPT = { on: 'listen', headphones: 'headphones', aloud: 'aloud' };
  const words = label ? [label.textContent, button.dataset.stop] : [];
  const idle = document.getElementById('idle');
  let sound = null;
  let over = false;
  let outputs = -1;

  /* Kept for the visit: the session storage is cleared at its end. */
  function kept(name) { return window.sessionStorage.getItem(KEPT[name]) === 'yes'; }
  function keep(name, on) { window.sessionStorage.setItem(KEPT[name], on ? 'yes' : ''); }

  function show() {
    const playing = Boolean(sound);
    button.setAttribute('aria-pressed', String(playing));
    if (playing) { document.body.dataset.speaking = ''; } else { delete document.body.dataset.speaking; }
    if (label) { label.textContent = words[Number(playing)]; }
  }

  function stop() {
    if (sound) { sound.pause(); }
    sound = null;
    show();
  }

  /* A recording that is being made answers 503 for a moment. */
  function play(address) {
    const started = new Audio(address);
    stop();
    sound = started;
    started.addEventListener('ended', () => { if (sound === started) { stop(); } });
    started.addEventListener('error', () => {
      window.setTimeout(() => { if (sound === started) { play(address); } }, RETRY);
    }, { once: true });
    started.play().catch(() => { if (sound === started && !started.error) { stop(); } });
    show();
  }

  function mayBeHeard() { return !dialog || kept('headphones') || kept('aloud'); }

  function read() {
    if (mayBeHeard()) {
      play(button.dataset.listen);
    } else if (!dialog.open) {
      dialog.showModal();
      play(dialog.dataset.listen);
    }
  }

  function begin() {
    keep('on', true);
    read();
  }

  function toggle() {
    if (sound) {
      keep('on', false);
      stop();
    } else {
      begin();
    }
  }

  function plugged(are) {
    keep('headphones', are);
    if (are) {
      if (dialog && dialog.open) { dialog.close(); }
      begin();
    } else {
      keep('on', false);
      stop();
    }
  }

  /* More or fewer outputs than before: headphones were put in or taken out. */
  function count() {
    const media = navigator.mediaDevices;
    if (!media || over) { return; }
    media.enumerateDevices().then((devices) => {
      const now = devices.filter((device) => device.kind === 'audiooutput').length;
      if (outputs >= 0 && now !== outputs) { plugged(now > outputs); }
      outputs = now;
    }).catch(() => {});
  }

  window.addEventListener('keydown', (event) => {
    if (event.code === button.dataset.listenKey || event.key === button.dataset.listenKey) {
      event.preventDefault();
      if (!event.repeat) { toggle(); }
    } else {
      stop();
    }
  }, true);
  window.addEventListener('pointerdown', (event) => { if (!button.contains(event.target)) { stop(); } }, true);
  button.addEventListener('click', toggle);
  if (dialog) {
    dialog.addEventListener('click', (event) => {
      if (event.target.closest('[data-aloud]')) {
        keep('aloud', true);
        dialog.close();
        begin();
      } else if (event.target.closest('[data-quiet]')) {
        keep('on', false);
        dialog.close();
      }
    });
  }
  if (navigator.mediaDevices) { navigator.mediaDevices.addEventListener('devicechange', count); }
  count();
  /* The question whether anybody is there is asked aloud too. */
  if (idle) {
    new MutationObserver(() => { if (idle.open && kept('on') && !over) { play(idle.dataset.listen); } }).observe(idle, { attributeFilter: ['open'] });
  }
  window.addEventListener('pagehide', stop);
  window.addEventListener('replaced', () => {
    over = true;
    stop();
  });
  if (kept('on')) { read(); }
}());
