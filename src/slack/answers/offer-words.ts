/** Words for whoever mentions the bot. */
export const offer = (id: string): string =>
  `Open the form for ${id} here. What comes of it appears in the thread of your message.`;
export const offerSeveral =
  'You named several opportunities: the form shows them all, to submit them at once or leave some out. What comes of it appears in the thread of your message.';
export const tooLong =
  'Your message has more than 3,000 characters, so I looked for no opportunity ID in it. *Submit opportunity…* in its menu reads it whole; or mention me with the IDs alone.';
export const offerNone =
  'Which opportunity? The form asks for it; or mention me with its ID, such as O1234567. `/submit-opportunity help` says what else there is.';
