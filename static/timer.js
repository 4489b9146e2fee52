// Shows the time that is left. The server says how many seconds, at first and with each save; between, a clock counts that
// no change of the device's time can move. What happens at the end is the server's to do; this page only goes along.

const timer = document.querySelector("#timer");
if (timer) begin(timer.dataset);

function begin(words) {
  const text = timer.querySelector(".timer-text");
  const button = timer.querySelector(".timer-button");
  const status = document.querySelector("#timer-status");
  const SPOKEN_MINUTES = [10, 5, 1];
  const LAST_S = 60;
  let endsAt = performance.now() + Number(words.left) * 1000;
  let saidBelow = Number(words.left) / 60;  // thresholds above it are past and stay unsaid
  let isHidden = words.isHidden === "yes";
  let isUp = false;

  text.setAttribute("role", "timer");
  text.setAttribute("aria-live", "off");
  button.hidden = false;
  button.addEventListener("click", () => {
    isHidden = !isHidden;
    remember();
    show();
  });
  addEventListener("footnote:left", (event) => {
    endsAt = performance.now() + event.detail * 1000;
    saidBelow = Math.max(saidBelow, event.detail / 60);
    show();
  });
  // A hidden tab is woken rarely; once it is seen again it must not show an old time.
  document.addEventListener("visibilitychange", show);
  setInterval(show, 1000);
  show();

  // The server's cookie keeps it, so that the next page comes as this one is; where that fails, for this page only.
  function remember() {
    const token = document.querySelector("[name=csrf_token]").value;
    const chosen = new URLSearchParams({ csrf_token: token, timer: isHidden ? "hidden" : "shown" });
    fetch(words.preferences, { method: "POST", body: chosen, redirect: "manual", keepalive: true }).catch(() => {});
  }

  function show() {
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    button.textContent = isHidden ? words.show : words.hide;
    button.setAttribute("aria-pressed", String(isHidden));
    const shown = isHidden && left > LAST_S ? words.hidden : clock(left);
    if (text.textContent !== shown) text.textContent = shown;
    speak(left);
    if (left === 0) timeUp();
  }

  function clock(seconds) {
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (!parts[0]) parts.shift();
    return parts.map((part, at) => (at ? String(part).padStart(2, "0") : String(part))).join(":");
  }

  function speak(left) {
    const crossed = SPOKEN_MINUTES.filter((minutes) => left <= minutes * 60 && minutes < saidBelow);
    if (!crossed.length) return;
    saidBelow = Math.min(...crossed);
    if (left > 0) status.textContent = words.minutes.replace("{count}", saidBelow);
  }

  async function timeUp() {
    if (isUp) return;
    isUp = true;
    const waiting = [];
    status.textContent = words.up;
    text.textContent = words.up;
    dispatchEvent(new CustomEvent("footnote:time-up", { detail: { waitFor: (promise) => waiting.push(promise) } }));
    await Promise.all(waiting);
    if (words.overrun === "submit") document.querySelector("#time-up-form").submit();
    // At the end of a part the server leads on to the next one; what it told were whole seconds, so it may need one more.
    else if (words.overrun === "part") setTimeout(() => { location.href = words.next; }, 1000);
    // Where it does not count unless it is submitted by hand, the browser must not do that: go where the server leads.
    else if (words.overrun === "grace") { if (location.pathname !== words.next) location.href = words.next; }
    else setTimeout(() => { location.href = words.next; }, 11000);
  }
}
