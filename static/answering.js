// Saves answers as they are given. Without it the page's own buttons save; with it, what has not reached the server
// yet waits on this device, in order, and is sent again under the same operation id until the server acknowledges it.

const state = document.querySelector("#save-state");
const trouble = document.querySelector("#save-trouble");
const form = document.querySelector("#answer-form");
const submitForm = document.querySelector("#submit-form");
const submitted = document.querySelector("[data-submitted]");
const keyOf = (attempt) => `footnote:unsent:${attempt}`;

if (submitted) forget(keyOf(submitted.dataset.submitted));
if (state) begin(state.dataset);
form?.addEventListener("input", countWords);
countWords();

// As the server counts them: what stands between white space. Too few or too many is told, and nothing is cut off.
function countWords() {
  const told = form?.querySelector("[data-word-count]");
  if (!told) return;
  const words = form.elements.answer.value.trim().split(/\s+/).filter(Boolean).length;
  told.querySelector("[data-words]").textContent = words;
  told.querySelector("[data-too-few]").hidden = !words || words >= Number(told.dataset.least);
  told.querySelector("[data-too-many]").hidden = !told.dataset.most || words <= Number(told.dataset.most);
}

function forget(key) {
  try { localStorage.removeItem(key); } catch { /* There is no store, so there is nothing to forget. */ }
}

function begin(words) {
  const key = keyOf(words.attempt);
  const position = Number(form?.dataset.position);
  let inMemory = [];      // stands in for localStorage where a browser forbids it
  let sending = null;     // the promise of the round that is under way
  let latest = null;      // the fields that were recorded or stored last, as text
  let complaint = "";     // why the server could not read what the form holds
  let failures = 0;
  let retryTimer, typingTimer;
  let isBroken = false;   // the last round ended without an acknowledgement
  let isReleased = false; // the form may go by itself

  // -- what waits on this device -------------------------------------------------------------------------------
  const unsent = () => {
    try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return inMemory; }
  };
  const keep = (items) => {
    inMemory = items;
    try {
      if (items.length) localStorage.setItem(key, JSON.stringify(items));
      else localStorage.removeItem(key);
    } catch { /* A full or forbidden store: memory has to do. */ }
  };
  const isSame = (a, b) => a.position === b.position && ("fields" in a) === ("fields" in b);
  const drop = (item) => keep(unsent().filter((other) => other.operation !== item.operation));
  const add = (item, inFlight) =>
    keep([...unsent().filter((other) => !isSame(other, item) || other.operation === inFlight), item]);
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");

  // -- what the page says --------------------------------------------------------------------------------------
  const say = (name, values = {}) => {
    const text = words[name].replace(/\{(\w+)\}/g, (_, gap) => values[gap]);
    if (state.textContent !== text) state.textContent = text;
    state.dataset.state = name;
  };
  const clock = (moment) =>
    new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(moment));
  const warn = (text, linkText, follow) => {
    const parts = [text];
    if (linkText) {
      const link = document.createElement(typeof follow === "string" ? "a" : "button");
      link.textContent = linkText;
      if (typeof follow === "string") {
        link.href = follow;
        link.addEventListener("click", () => { isReleased = true; });
      } else {
        link.type = "button";
        link.className = "button-link";
        link.addEventListener("click", follow);
      }
      parts.push(" ", link);
    }
    trouble.replaceChildren(...parts);
    trouble.hidden = false;
  };
  const sayComplaint = () => {
    // Nobody is told off while still typing: what is half written need not be readable.
    if (form?.querySelector(".answer").contains(document.activeElement)) say("unsaved");
    else say("unreadable", { sentence: complaint });
  };

  // -- the form ------------------------------------------------------------------------------------------------
  const isAnswer = (name) => name.startsWith("answer") || name === "certainty";
  const collect = () => {
    const fields = {};
    for (const [name, value] of new FormData(form)) if (isAnswer(name)) (fields[name] ??= []).push(value);
    return fields;
  };
  const fill = (fields) => {
    for (const control of form.elements) {
      if (!isAnswer(control.name)) continue;
      const values = fields[control.name] ?? [];
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
  };
  let inFlight;
  const record = () => {
    clearTimeout(typingTimer);
    const fields = collect();
    const text = JSON.stringify(fields);
    if (text === latest) return;
    latest = text;
    complaint = "";
    add({ operation: newId(), position, revision: Number(form.elements.revision.value), fields }, inFlight);
  };

  // -- sending -------------------------------------------------------------------------------------------------
  const flush = () => (sending ??= sendAll().finally(() => { sending = null; }));

  async function sendAll() {
    clearTimeout(retryTimer);
    let savedAt = null;
    for (let item; (item = unsent().find((other) => !other.conflict)); ) {
      say("saving");
      inFlight = item.operation;
      const reply = await send(item);
      inFlight = undefined;
      // What stopped the last round is over; what this reply warns of comes after it, and stays.
      if (isBroken && isHeard(reply)) trouble.hidden = true;
      if (isHeard(reply)) isBroken = false;
      if (!settle(item, reply)) return;
      savedAt = reply.body.saved_at ?? savedAt;
      if (reply.body.left !== undefined) dispatchEvent(new CustomEvent("footnote:left", { detail: reply.body.left }));
    }
    failures = 0;
    isBroken = false;
    if (complaint) sayComplaint();
    else if (unsent().length) say("unsaved");
    else if (savedAt) say("saved", { time: clock(savedAt) });
    else if (state.dataset.state === "saving") say("saved", { time: clock(Date.now()) });
  }

  async function send({ conflict, ...message }) {
    const body = JSON.stringify(message);
    try {
      const response = await fetch(words.save, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrf_token]").value },
        keepalive: body.length < 60000,
        signal: AbortSignal.timeout(15000),
      });
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      return { status: response.status, body: isJson ? await response.json() : {} };
    } catch {
      return { status: 0, body: {} };
    }
  }

  // Tells whether the server has dealt with the item, though perhaps not as hoped.
  const isHeard = ({ status, body }) =>
    [200, 404, 422].includes(status) || Boolean(body.malformed || body.late || body.closed || body.conflict);

  // Returns whether the next item may be sent.
  function settle(item, { status, body }) {
    if (status === 200) return acknowledge(item, body);
    if (status === 422) {
      drop(item);
      if (item.position === position) complaint = body.unreadable;
      return true;
    }
    if (status === 404 || body.malformed) {
      drop(item);
      return true;
    }
    if (body.finished) {
      drop(item);
      warn(body.finished, words.finishedLink, addressOf(item.position));
      return true;
    }
    if (body.passed) {
      drop(item);
      warn(body.passed, words.goOnLink, body.go_on);
      return true;
    }
    if (body.late) {
      drop(item);
      warn(body.late, words.closedLink, body.result);
      return true;
    }
    if (body.closed) {
      keep([]);
      warn(body.closed, words.closedLink, body.result);
      return true;
    }
    if (body.conflict) {
      setAside(item, body.conflict);
      return true;
    }
    isBroken = true;
    if (status === 401) stop(words.signedOut, words.signedOutLink);
    else if (status === 400) stop(words.reload, words.reloadLink);
    else retry();
    return false;
  }

  function acknowledge(item, body) {
    drop(item);
    if (!("fields" in item)) return true;
    keep(unsent().map((other) => (isSame(other, item) ? { ...other, revision: body.revision } : other)));
    if (item.position === position) {
      complaint = "";  // of an earlier answer, which came back while this one was on its way
      form.elements.revision.value = body.revision;
      // The form now repeats what was acknowledged: sent unchanged, it makes no second step.
      form.elements.operation.value = item.operation;
    }
    return true;
  }

  const addressOf = (place) => words.save.replace(/save$/, `question/${place}`);

  function setAside(item, text) {
    keep(unsent().map((other) => (other.operation === item.operation ? { ...other, conflict: text } : other)));
    showConflict({ ...item, conflict: text });
  }

  function showConflict(item) {
    if (item.position === position) warn(item.conflict, words.conflictLink, () => form.requestSubmit());
    else warn(item.conflict, words.conflictLink, addressOf(item.position));
  }

  function stop(text, linkText) {
    say("offline", { count: unsent().length });
    warn(text, linkText, form ? form.getAttribute("action") : location.href);
  }

  function retry() {
    failures += 1;
    say("offline", { count: unsent().length });
    retryTimer = setTimeout(flush, Math.min(60, 2 ** failures) * 1000);
  }

  // -- what makes it go ----------------------------------------------------------------------------------------
  const isTyped = (element) => element.matches("textarea, input:not([type=radio]):not([type=checkbox])");
  const within = (promise, seconds) => Promise.race([promise, new Promise((done) => setTimeout(done, seconds * 1000))]);

  if (form) {
    const waiting = unsent().find((item) => item.position === position && "fields" in item);
    if (form.dataset.typed !== "unsaved") latest = JSON.stringify(collect());
    if (waiting && !form.dataset.typed && !("finished" in form.dataset)) {
      fill(waiting.fields);
      form.elements.revision.value = waiting.revision;
      latest = JSON.stringify(waiting.fields);
    }
    if (form.dataset.typed === "unsaved") record();
    form.addEventListener("change", () => { record(); flush(); });
    form.addEventListener("input", (event) => {
      if (!isTyped(event.target)) return;
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => { record(); flush(); }, 300);
    });
    form.addEventListener("focusout", () => setTimeout(() => { if (complaint && !sending) sayComplaint(); }));
    form.addEventListener("submit", sendFirst);
    form.querySelector("[data-flag]")?.addEventListener("click", flag);
    addEventListener("keydown", chooseByNumber);
  }
  if (submitForm) submitForm.addEventListener("submit", submitWhenSent);
  for (const item of unsent()) if (item.conflict) showConflict(item);
  // The timer waits for what is handed to it here: nothing may overtake an answer that is on its way.
  addEventListener("footnote:time-up", (event) => {
    if (form) record();
    event.detail.waitFor(within(flush(), 8).then(() => { isReleased = true; }));
  });
  addEventListener("online", () => { failures = 0; flush(); });
  addEventListener("pagehide", () => { if (form && !isReleased) { record(); flush(); } });
  // A page from the browser's own store is old; what was saved since is on the server.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("beforeunload", (event) => { if (!isReleased && (isBroken || complaint)) event.preventDefault(); });
  flush();

  // The form must not overtake what is on its way: it waits, and then carries the newest revision.
  async function sendFirst(event) {
    const button = event.submitter;
    if (isReleased) return;
    if (button?.value !== "clear") record();
    const set = unsent().find((item) => item.position === position && item.conflict);
    if (set) drop(set);
    if (!unsent().length && !sending) { isReleased = true; return; }
    event.preventDefault();
    const wasBroken = isBroken;
    await within(flush(), 5);
    // Once it says that it can't; whoever presses again may see for themselves.
    if (isBroken && !wasBroken) return;
    isReleased = true;
    form.requestSubmit(button);
  }

  async function submitWhenSent(event) {
    if (isReleased || !unsent().length) { isReleased = true; return; }
    event.preventDefault();
    await within(flush(), 10);
    const left = unsent();
    if (left.length) {
      if (!left.some((item) => item.conflict)) warn(words.unsent.replace("{count}", left.length));
      return;
    }
    isReleased = true;
    submitForm.requestSubmit();
  }

  function flag(event) {
    event.preventDefault();
    const button = event.currentTarget;
    const flagged = button.value === "flag";
    button.value = flagged ? "unflag" : "flag";
    button.setAttribute("aria-pressed", String(flagged));
    add({ operation: newId(), position, flagged }, inFlight);
    flush();
  }

  function chooseByNumber(event) {
    if (document.documentElement.dataset.shortcuts === "off") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^[1-9]$/.test(event.key)) return;
    const focused = document.activeElement;
    if (isTyped(focused) || focused.matches("select")) return;
    const shown = [...form.querySelectorAll(".answer .option-key")].find((key) => key.textContent.trim() === event.key);
    const option = shown?.closest(".option").querySelector("input");
    if (!option) return;
    event.preventDefault();
    option.focus();
    option.click();
  }
}
