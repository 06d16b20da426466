/* While a street is typed, the streets whose names have those words stand above the field. All names are fetched once, so nothing that
   is typed is sent. */
(function () {
  'use strict';
  const MOST = 4;
  const LEAST = 2;

  function words(text) {
    return text.toLocaleLowerCase().split(/[^\p{L}\p{N}'’-]+/u).filter(Boolean);
  }

  /* Every word typed begins a word of the name; what begins the name comes first. */
  function fitting(names, typed) {
    const asked = words(typed.replace(/^\s*\d+\w?\s+/, ''));
    if (asked.join('').length < LEAST) { return []; }
    const found = names.filter((name) => asked.every((word) => words(name).some((one) => one.startsWith(word))));
    const begins = (name) => Number(words(name)[0].startsWith(asked[0]));
    return found.sort((one, other) => begins(other) - begins(one)).slice(0, MOST);
  }

  function complete(field, place, names) {
    const hint = document.getElementById('hint');
    const number = () => (/^\s*\d+\w?\s+/.exec(field.value) || [''])[0];

    function show() {
      const found = fitting(names, field.value);
      place.replaceChildren(...found.map((name) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = name;
        return button;
      }));
      place.hidden = !found.length;
      if (hint) { hint.hidden = found.length > 0; }
    }

    field.addEventListener('input', show);
    place.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) {
        field.value = number() + button.textContent;
        field.form.requestSubmit();
      }
    });
  }

  document.querySelectorAll('[data-completions]').forEach((place) => {
    fetch(place.dataset.completions).then((answer) => answer.text()).then((text) => {
      complete(place.closest('form').querySelector('[data-keyboard]'), place, text.split('\n').filter(Boolean));
    }).catch(() => {});
  });
}());
