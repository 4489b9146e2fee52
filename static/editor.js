// The question editor: the preview follows what is typed. Without this module its button does the same.
const form = document.querySelector("form[data-editor]");
const button = form?.querySelector("button[data-preview]");
const PAUSE_MS = 600;
let waiting = 0;

function preview() {
  // requestSubmit sends the form as the button would: into the frame beside it.
  form.requestSubmit(button);
}

if (button) {
  form.addEventListener("input", (event) => {
    if (event.target.name === "claim_words") return;
    clearTimeout(waiting);
    waiting = setTimeout(preview, PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
  // A new question's fields are empty: there is nothing to show yet.
  if (form.elements.stem.value) preview();
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const action = event.key === "s" ? "save" : event.key === "Enter" ? "save_and_new" : "";
    if (!action) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(`button[value="${action}"]`));
  });
}
