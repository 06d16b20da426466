/* Forms with data-create or data-get ask the browser for a passkey, and send its answer. Without script or passkeys they stay hidden. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) { return; }
  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (c) { return c.charCodeAt(0); });
  }
  function text(buffer) {
    return btoa(String.fromCharCode.apply(null, new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function asked(form) {
    var options = JSON.parse(form.dataset.create || form.dataset.get);
    options.challenge = bytes(options.challenge);
    if (options.user) { options.user.id = bytes(options.user.id); }
    (options.excludeCredentials || []).forEach(function (one) { one.id = bytes(one.id); });
    return { publicKey: options };
  }
  function answered(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (credential.response[name]) { response[name] = text(credential.response[name]); }
    });
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: response });
  }
  document.querySelectorAll("form[data-create],form[data-get]").forEach(function (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var wish = asked(form);
      (form.dataset.create ? navigator.credentials.create(wish) : navigator.credentials.get(wish)).then(function (credential) {
        form.elements.credential.value = answered(credential);
        form.submit();
      }, function () { form.querySelector("button").focus(); });
    });
  });
})();
