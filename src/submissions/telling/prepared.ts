/** A telling before it is told: the channel it is for and how to read its news, or why there are none (yet). */
export type Prepared<News> =
  | { readonly type: 'news'; readonly channelId: string; readonly read: () => Promise<News> }
  /** Something else comes first. */
  | { readonly type: 'wait'; readonly why: string }
  /** What it was about is gone. */
  | { readonly type: 'nothing' };
