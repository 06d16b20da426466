// Keys, printing and live changes of the desk. Every page works without it.
(() => {
  const KEYS_OFF = 'desk-keys-off';
  const dialog = document.getElementById('keys');
  const shown = document.querySelector('[data-live]');
  const typing = (target) => target.closest('input, textarea, select, [contenteditable]') !== null;
  const keysOn = () => localStorage.getItem(KEYS_OFF) === null;

  function showKeys() {
    document.getElementById('keys-on').checked = keysOn();
    dialog.showModal();
  }

  function moveInList(step) {
    const links = [...document.querySelectorAll('#cases a')];
    const next = links.indexOf(document.activeElement) + step;
    if (links.length) { links[Math.min(Math.max(next, 0), links.length - 1)].focus(); }
  }

  function press(element) {
    if (element.tagName === 'INPUT') { element.focus(); return; }
    element.click();
    const details = element.closest('details');
    const field = details && details.open && details.querySelector('select, textarea, input:not([type=hidden])');
    if (field) { field.focus(); }
  }

  function tick() {
    const row = document.activeElement.closest('#cases li');
    const box = row && row.querySelector('[type=checkbox]');
    if (box) { box.checked = !box.checked; }
  }

  const OWN = { '?': showKeys, x: tick, j: () => moveInList(1), k: () => moveInList(-1) };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || dialog.open || !keysOn()) { return; }
    const key = event.key.toLowerCase();
    const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!OWN[key] && !element) { return; }
    event.preventDefault();
    if (OWN[key]) { OWN[key](); } else { press(element); }
  });

  for (const button of document.querySelectorAll('[data-keys]')) {
    button.hidden = false;
    button.addEventListener('click', showKeys);
  }
  document.getElementById('keys-on').addEventListener('change', (event) => {
    if (event.target.checked) { localStorage.removeItem(KEYS_OFF); } else { localStorage.setItem(KEYS_OFF, ''); }
  });
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // A change is told, and the page is not drawn again: what an officer is writing stays.
  function tell() {
    if (shown.firstChild) { return; }
    const link = document.createElement('a');
    link.href = window.location.href;
    link.textContent = shown.dataset.reload;
    shown.className = 'notice changed';
    shown.setAttribute('role', 'status');
    shown.append(shown.dataset.changed, ' ', link);
  }

  function isNews(versions) {
    const known = JSON.parse(shown.dataset.known);
    const one = shown.dataset.case;
    if (one) { return versions[one] !== undefined && versions[one] > Number(shown.dataset.version); }
    return Object.keys(versions).some((id) => versions[id] !== known[id]);
  }

  function nameViewers(names) {
    const place = document.getElementById('viewers');
    place.replaceChildren(...names.map((name) => {
      const said = document.createElement('span');
      said.textContent = place.dataset.one.replace('*', () => name);
      return said;
    }));
  }

  if (shown && window.EventSource) {
    const events = new EventSource(shown.dataset.live);
    events.onmessage = (event) => {
      const news = JSON.parse(event.data);
      if (news.viewers) { nameViewers(news.viewers); }
      if (isNews(news)) { tell(); }
    };
    window.addEventListener('pagehide', () => events.close());
  }
})();
