// The question editor: the preview follows what is typed, and the server keeps it. Without this module its buttons do the same.
import { keepDrafts } from "./editor_drafts.js";
import { addPictures } from "./editor_pictures.js";

const form = document.querySelector("form[data-editor]");
const button = form?.querySelector("button[data-preview]");
const PAUSE_MS = 600;
const FOCUS_KEPT = "editor-focus";
const ROW_VERBS = { ArrowUp: "raise_row", ArrowDown: "lower_row" };
let waiting = 0;

function preview() {
  // requestSubmit sends the form as the button would: into the frame beside it.
  form.requestSubmit(button);
}

// A row that is moved by the keys: its button is pressed, and the page that comes back goes on in the same field.
function moveRow(event) {
  const row = event.target.closest(".row");
  const mover = row?.querySelector(`:scope > .row-buttons button[value^="${ROW_VERBS[event.key]}:"]`);
  if (!mover) return;
  event.preventDefault();
  const [, list, place] = mover.value.match(/:(.*)-(\d+)$/);
  const next = `${list}-${Number(place) + (event.key === "ArrowUp" ? -1 : 1)}`;
  sessionStorage.setItem(FOCUS_KEPT, event.target.name.replace(`${list}-${place}`, next));
  form.requestSubmit(mover);
}

function focusAgain() {
  const name = sessionStorage.getItem(FOCUS_KEPT);
  sessionStorage.removeItem(FOCUS_KEPT);
  if (name) form.elements[name]?.focus();
}

function pressed(event) {
  if (event.altKey && event.key in ROW_VERBS) return moveRow(event);
  if (!(event.ctrlKey || event.metaKey)) return;
  const action = event.key === "s" ? "save" : event.key === "Enter" ? "save_and_new" : "";
  if (!action) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(`button[value="${action}"]`));
}

if (button) {
  // Not before: going to the row's anchor takes the focus away from whatever has it.
  addEventListener("load", () => setTimeout(focusAgain));
  form.addEventListener("input", (event) => {
    if (event.target.name === "claim_words") return;
    clearTimeout(waiting);
    waiting = setTimeout(preview, PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
  form.addEventListener("keydown", pressed);
  keepDrafts(form, PAUSE_MS);
  addPictures(form);
  // A new question's fields are empty: there is nothing to show yet.
  if (form.elements.stem.value) preview();
}
