/** The shortcodes that the bot's messages may use; any other stays as it is written. */
const emoji = new Map(
  Object.entries({
    white_check_mark: '✅',
    heavy_check_mark: '✔️',
    x: '❌',
    warning: '⚠️',
    hourglass: '⌛',
    hourglass_flowing_sand: '⏳',
    eyes: '👀',
    lock: '🔒',
    mag: '🔍',
    bell: '🔔',
    tada: '🎉',
    rocket: '🚀',
    pencil: '📝',
    pencil2: '✏️',
    information_source: 'ℹ️',
    no_entry: '⛔',
    question: '❓',
    wave: '👋',
    arrow_right: '➡️',
    repeat: '🔁',
    link: '🔗',
    outbox_tray: '📤',
    construction: '🚧',
    thinking_face: '🤔',
    double_vertical_bar: '⏸️',
    large_green_circle: '🟢',
    large_yellow_circle: '🟡',
    red_circle: '🔴',
  }),
);

/** @param {string} text */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (shortcode, name) => emoji.get(name) ?? shortcode);
}
