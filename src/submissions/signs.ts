/** How it stands, at a glance: one meaning each, and never the only sign of it. */
export const SIGNS = {
  /** With us: AWS hasn't got it yet. */
  waiting: '🕓',
  /** Approval pending: AWS has it and hasn't looked yet. */
  pending: '⏳',
  'in-review': '🔎',
  approved: '✅',
  /** AWS asks for changes. */
  'sent-back': '↩️',
  /** Nothing came of it: somebody has to do something. */
  refused: '⚠️',
  rejected: '❌',
  /** Nobody knows. */
  unsure: '❔',
  cancelled: '⏹️',
  /** AWS has a change of the deal. */
  saved: '💾',
} as const;
export type Sign = keyof typeof SIGNS;
