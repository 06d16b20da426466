/* The on-screen keyboard and number pad: the operating system's keyboard never appears. */
(function () {
  'use strict';
  const PAUSE = 700;
  const LEAST = 3;
  const MOST = 5;
  let field = null;

  /* A key must not take the focus from the field. */
  document.addEventListener('pointerdown', (event) => { if (event.target.closest('[data-keys]')) { event.preventDefault(); } });
  document.addEventListener('mousedown', (event) => { if (event.target.closest('[data-keys]')) { event.preventDefault(); } });

  function write(text) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function erase() {
    const end = field.selectionEnd;
    const start = field.selectionStart === end ? Math.max(0, end - 1) : field.selectionStart;
    field.setRangeText('', start, end, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function clear() {
    field.select();
    erase();
  }

  function shift(keys, on) {
    keys.classList.toggle('shifted', on);
    keys.querySelector('[data-act=shift]').setAttribute('aria-pressed', String(on));
    const said = keys.querySelector('[data-said]');
    said.textContent = on ? said.dataset.on : said.dataset.off;
    keys.querySelectorAll('[data-key]').forEach((key) => {
      key.textContent = on ? key.dataset.shifted || key.dataset.key.toLocaleUpperCase() : key.dataset.key;
    });
  }

  /* A key that was touched leaves the cursor in the field; one that was chosen by Enter keeps the focus, for the next letter. */
  function press(key, touched) {
    const keys = key.closest('[data-keys]');
    const acts = {
      erase,
      clear,
      space: () => write(' '),
      shift: () => shift(keys, !keys.classList.contains('shifted')),
    };
    if (touched) { field.focus(); }
    if (key.dataset.act) {
      acts[key.dataset.act]();
    } else {
      write(key.textContent);
      if (keys.classList.contains('shifted')) { shift(keys, false); }
    }
  }

  function keyboards() {
    const first = document.querySelector('[data-first]') || document.querySelector('[data-keyboard]');
    document.addEventListener('focusin', (event) => { if (event.target.dataset.keyboard) { field = event.target; } });
    document.addEventListener('click', (event) => {
      const key = event.target.closest('[data-keys] [data-key], [data-keys] [data-act]');
      if (key && field) { press(key, event.detail > 0); }
    });
    field = first;
    first.focus();
    /* Continue after the text entered before. */
    first.setSelectionRange(first.value.length, first.value.length);
  }

  /* Search results so far stand above the keyboard, as many as fit. */
  function findAlong(form) {
    const found = document.getElementById('found');
    const input = form.elements.q;
    let waiting = 0;
    let asked = '';

    function show(page) {
      const items = page.querySelectorAll('.menu > li');
      found.replaceChildren();
      if (!items.length) { return; }
      const list = document.createElement('ul');
      list.className = 'menu services';
      found.append(list);
      Array.from(items).some((item) => {
        list.append(document.adoptNode(item));
        if (found.scrollHeight <= found.clientHeight) { return false; }
        item.remove();
        return true;
      });
    }

    function look() {
      const query = input.value.trim();
      if (query === asked) { return; }
      asked = query;
      if (query.length < 2) {
        found.replaceChildren();
        return;
      }
      fetch(form.action + '?' + new URLSearchParams({ q: query })).then((answer) => answer.text()).then((text) => {
        if (query === asked) { show(new DOMParser().parseFromString(text, 'text/html')); }
      }).catch(() => {});
    }

    form.addEventListener('input', () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(look, PAUSE / 2);
    });
  }

  /* Digits open a service after a pause without another digit. */
  function pad(form) {
    const shown = form.querySelector('output');
    const said = form.querySelector('[data-said]');
    let digits = shown.dataset.value;
    let waiting = 0;
    let over = false;

    function show() {
      shown.textContent = digits;
      shown.dataset.value = digits;
      form.querySelector('[data-open]').disabled = digits.length < LEAST;
    }

    function open() {
      window.clearTimeout(waiting);
      const asked = digits;
      if (asked.length < LEAST) { return; }
      fetch(form.dataset.home + asked, { method: 'HEAD' }).then((answer) => {
        if (asked !== digits) { return; }
        if (answer.ok) {
          window.location.replace(answer.url);
        } else {
          over = true;
          said.textContent = said.dataset.none.replace('{number}', asked);
        }
      }).catch(() => {});
    }

    function add(digit) {
      digits = over || digits.length >= MOST ? digit : digits + digit;
      over = false;
      said.textContent = '';
      show();
      window.clearTimeout(waiting);
      if (digits.length >= LEAST) { waiting = window.setTimeout(open, digits.length === MOST ? 0 : PAUSE); }
    }

    function drop(count) {
      window.clearTimeout(waiting);
      over = false;
      said.textContent = '';
      digits = digits.slice(0, Math.max(0, digits.length - count));
      show();
    }

    form.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (!button) { return; }
      event.preventDefault();
      if (button.dataset.digit) { add(button.dataset.digit); } else if ('open' in button.dataset) { open(); } else { drop(1); }
    });
    document.addEventListener('keydown', (event) => {
      if (/^[0-9]$/.test(event.key)) { add(event.key); } else if (event.key === 'Backspace') { drop(1); }
    });
    show();
  }

  if (document.querySelector('[data-keyboard]')) { keyboards(); }
  document.querySelectorAll('form[data-found]').forEach(findAlong);
  document.querySelectorAll('form[data-pad]').forEach(pad);
}());
