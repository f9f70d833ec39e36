const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled])';

/** Keeps Tab within a dialog. @param {KeyboardEvent} event */
export function trapFocus(event) {
  const dialog = event.currentTarget;
  if (event.key !== 'Tab' || !(dialog instanceof HTMLElement)) return;
  const stops = [...dialog.querySelectorAll(focusable)].filter((stop) => stop instanceof HTMLElement);
  const first = stops[0];
  const last = stops.at(-1);
  const leavesBackward =
    event.shiftKey && (document.activeElement === first || document.activeElement === dialog);
  const leavesForward = !event.shiftKey && document.activeElement === last;
  const target = leavesBackward ? last : leavesForward ? first : undefined;
  if (target === undefined) return;
  event.preventDefault();
  target.focus();
}

/** Gives a new dialog the focus, and back to what had it once the dialog is gone. @param {HTMLElement} dialog */
export function takeFocus(dialog) {
  const before = document.activeElement;
  dialog.focus();
  const first = dialog.querySelector('[data-focus-on-load]');
  if (first instanceof HTMLElement) first.focus();
  const observer = new MutationObserver(() => {
    if (dialog.isConnected) return;
    observer.disconnect();
    if (document.activeElement !== document.body || !(before instanceof HTMLElement)) return;
    before.focus();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

/** An input that comes later than its dialog, while nothing else in it has the focus. @param {HTMLElement} input */
export function focusOnLoad(input) {
  if (document.activeElement?.matches('.dialog') && document.activeElement.contains(input)) input.focus();
}

/** A dialog whose focused button is gone hears no Escape: it takes the focus itself. @param {Element} root */
export function refocusDialog(root) {
  const dialog = [...root.querySelectorAll('.dialog')].at(-1);
  if (dialog instanceof HTMLElement && document.activeElement === document.body) dialog.focus();
}
