// Plain JavaScript for any Node: an old one dies on a .ts file before it could say why. 24.0 and 24.1 have no
// `import.meta.main`: to them a command of src/cli would be a file to import, which does nothing.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 2)) {
  console.error(
    `This needs Node 24.2 or newer, and runs on ${process.version}. Run it through npm after "npm ci" (which installs a Node 24 of its own), or install Node 24 for a production setup without devDependencies.`,
  );
  process.exit(1);
}
