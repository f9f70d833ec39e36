/** The scopes that `manifest.yml` asks for, which says what each is for; a test holds the two together. */
export const BOT_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'usergroups:read',
  'users:read',
];
