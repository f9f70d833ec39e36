/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const formats = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_weekday: { weekday: 'long', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/**
 * What Slack makes of `<!date^seconds^format|…>` in the reader's time zone.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 *
 * @param {number} seconds since 1970
 * @param {string} format e.g. `{date_short_pretty} at {time}`
 * @param {Date} now for "today" and "yesterday"
 */
export function formatSlackDate(seconds, format, now) {
  const date = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (token, name) => {
    const pretty = name.endsWith('_pretty');
    if (pretty) {
      const near = nearDay(date, now);
      if (near !== undefined) return near;
    }
    const options = formats[pretty ? name.slice(0, -'_pretty'.length) : name];
    return options ? new Intl.DateTimeFormat('en-US', options).format(date) : token;
  });
}

/** @param {Date} date @param {Date} now */
function nearDay(date, now) {
  const days = Math.round((startOfDay(date) - startOfDay(now)) / 86_400_000);
  return new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ]).get(days);
}

/** @param {Date} date */
function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** A message's time of day, from its `ts`. @param {string} ts */
export function messageTime(ts) {
  return new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(
    new Date(Number(ts) * 1000),
  );
}

/**
 * The day of a message, as between messages of different days.
 *
 * @param {string} ts
 * @param {Date} now
 */
export function messageDay(ts, now) {
  const date = new Date(Number(ts) * 1000);
  const near = nearDay(date, now);
  return near === undefined
    ? new Intl.DateTimeFormat('en-US', formats.date_weekday).format(date)
    : `${near[0]?.toUpperCase()}${near.slice(1)}`;
}

/** The demo's own date. @param {Date} now */
export function today(now) {
  return new Intl.DateTimeFormat('en-US', { weekday: 'short', month: 'short', day: 'numeric' }).format(now);
}
