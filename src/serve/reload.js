// Follows the preview: reloads this page when the site has another version than the one it was made from. A page that is
// not looked at lets go of its connection, because a browser has few for one server.
(() => {
  "use strict";
  const { prefix, version } = document.currentScript.dataset;
  let events = null;

  const compare = async () => {
    const answer = await fetch(`${prefix}/version`, { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== version) location.reload();
  };

  const follow = () => {
    if (document.hidden || events) return;
    events = new EventSource(`${prefix}/event-stream`);
    // Said when a connection begins, after the server was started again too: what came before it was missed.
    events.addEventListener("init", () => compare().catch(() => {}));
    events.addEventListener("reload", () => location.reload());
  };

  const leave = () => {
    events?.close();
    events = null;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : follow()));
  addEventListener("pageshow", follow);
  addEventListener("pagehide", leave);
})();
