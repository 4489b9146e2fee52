// What is typed into the editor is kept on the server 600 ms later, one request at a time; on this device while it can't be reached.
const RETRY_MS = 5000;
const NOT_KEPT = ["claim_words", "searched", "picture", "picture_alt", "picture_into", "picture_decorative"];

export function keepDrafts(form, pauseMs) {
  const button = form.querySelector("[data-keep]");
  const state = form.querySelector("[data-draft-state]");
  const conflict = form.querySelector("[data-draft-conflict]");
  const storeName = `draft ${form.elements.question_id.value}`;
  let waiting = 0;
  let isSending = false;
  let isChanged = false;
  let stop = new AbortController();

  const fields = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    return data;
  };

  const tell = (words) => {
    state.textContent = words;
  };

  const send = (data) =>
    fetch(button.formAction, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      signal: stop.signal,
    });

  const later = (ms) => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, ms);
  };

  const store = (data) => {
    try {
      data.delete("csrf_token");
      localStorage.setItem(storeName, data.toString());
    } catch {
      // The device has no room or allows none; the page itself still holds what was typed.
    }
  };

  async function keep() {
    if (isSending || !isChanged) return;
    isSending = true;
    isChanged = false;
    const data = fields();
    try {
      answered(await send(data), data);
    } catch (problem) {
      if (problem.name !== "AbortError") failed(data);
    }
    isSending = false;
    if (isChanged && conflict.hidden) later(pauseMs);
  }

  async function answered(response, data) {
    if (response.status >= 500) return failed(data);
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    const body = isJson ? await response.json() : {};
    if (response.ok) {
      form.elements.draft.value = body.number;
      localStorage.removeItem(storeName);
      conflict.hidden = true;
      tell(body.told);
    } else if (response.status === 409 && body.number) {
      isChanged = true;
      conflict.hidden = false;
      conflict.dataset.number = body.number;
      conflict.querySelector("[data-draft-other]").href = body.address;
      tell(body.told);
    } else {
      isChanged = true;
      store(data);
      tell(state.dataset.refused);
    }
  }

  function failed(data) {
    isChanged = true;
    store(data);
    tell(state.dataset.failed);
    later(RETRY_MS);
  }

  function keepMine() {
    form.elements.draft.value = conflict.dataset.number;
    conflict.hidden = true;
    isChanged = true;
    keep();
  }

  // What was typed while the server could not be reached, and left in this browser: it becomes the draft that is offered.
  async function sendStored() {
    const stored = localStorage.getItem(storeName);
    if (!stored || !navigator.onLine) return;
    const response = await send(new URLSearchParams(stored)).catch(() => null);
    if (!response || response.status >= 500) return;
    localStorage.removeItem(storeName);
    if (response.ok) location.assign((await response.json()).address);
  }

  form.addEventListener("input", (event) => {
    if (NOT_KEPT.includes(event.target.name)) return;
    isChanged = true;
    if (conflict.hidden) later(pauseMs);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "preview") return;
    // The page goes to the server as a whole: what was on its way must not come after it and be offered again.
    clearTimeout(waiting);
    isChanged = false;
    stop.abort();
    stop = new AbortController();
    if (navigator.onLine) localStorage.removeItem(storeName);
  });
  addEventListener("online", () => later(0));
  addEventListener("beforeunload", (event) => {
    if (isChanged && !conflict.hidden) event.preventDefault();
  });
  form.querySelector("[data-keep-mine]").addEventListener("click", keepMine);
  sendStored();
}
