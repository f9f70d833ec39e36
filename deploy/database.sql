-- The bot's own user in compose.yml: it owns its database, and nothing else is its. PostgreSQL's image runs this once,
-- as the superuser, when the volume is new.
\getenv password DATABASE_PASSWORD
create role bot login password :'password';
alter role bot set statement_timeout = '2s';
alter database bot owner to bot;
-- Nobody signs in as the superuser over the network; by the container's own socket one does without a password.
alter role postgres password null;
