/**
 * Slack's sizes, in code points unless said otherwise. "Block Kit reference", "Views", https://docs.slack.dev.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  viewTitle: 24,
  sectionText: 3000,
  sectionField: 2000,
  sectionFields: 10,
  header: 150,
  contextElements: 10,
  buttonText: 75,
  /** Of its hint too. */
  inputLabel: 2000,
  placeholder: 150,
  buttonValue: 2000,
  /** Of its description too. */
  optionText: 75,
  optionValue: 150,
  checkboxes: 10,
  /** Of one select. */
  options: 100,
  accessibilityLabel: 75,
  /**
   * All text of one message together, as `textSize` counts it. Slack documents no limit. Observed: 11,341 were refused as
   * `msg_blocks_too_long` (https://github.com/slackapi/bolt-js/issues/2867), 5,732 taken.
   */
  messageText: 9000,
} as const;

/** How many opportunities go at once, by our own choice: three blocks of a view for each leave room for all else. */
export const MOST_AT_ONCE = 25;
