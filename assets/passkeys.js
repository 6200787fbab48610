// Gives the buttons about passkeys their work, which the sign-in library's own script does.
// <form data-passkey="addForm" data-passkey-button="id of the button" data-passkey-credential="id of the hidden box">
const { forms } = window.allauth.webauthn;

for (const form of document.querySelectorAll("[data-passkey]")) {
  const { passkey, passkeyButton: button, passkeyCredential: credential, passkeyAlone: passwordless } = form.dataset;
  const ids = { add: button, login: button, authenticate: button, credential, passwordless };
  forms[passkey]({ ids: passkey === "loginForm" ? ids : { ...ids, data: "js_data" } });
}

// Somebody who presses "cancel" in the browser's own window has made no error; anything else is told in words.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const notice = document.querySelector("[data-passkey-failed]");
  if (notice) {
    notice.hidden = false;
    notice.focus();
  }
});
