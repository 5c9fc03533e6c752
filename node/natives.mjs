/*
 * Puts the libraries that Maven has built, dist/<platform>/, and the license into this package.
 * With --all, a missing library is an error.
 *
 * package.json exports one file for all platforms, native/crsqlite. SQLite looks for a library
 * under the name that it is given, then under that with the system's suffix, and a system's linker
 * refuses the libraries of others, so that each finds its own:
 *
 *   Linux on x86-64   crsqlite
 *   Linux on ARM64    crsqlite.so, after crsqlite has been refused
 *   Windows           crsqlite.dll, as LoadLibrary adds the suffix itself
 */
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";

const LIBRARIES = {
  "linux-x86_64/crsqlite.so": "crsqlite",
  "linux-aarch64/crsqlite.so": "crsqlite.so",
  "windows-x86_64/crsqlite.dll": "crsqlite.dll",
};

const dist = new URL("../dist/", import.meta.url);
const native = new URL("native/", import.meta.url);

/* Not into the old files, which a running process may have mapped. */
rmSync(native, { recursive: true, force: true });
mkdirSync(native);
/* For a machine that builds only its own library: require.resolve() needs a file of that name. */
writeFileSync(new URL("crsqlite", native), "");

const missing = [];
for (const [built, packed] of Object.entries(LIBRARIES)) {
  const library = new URL(built, dist);
  if (existsSync(library)) {
    rmSync(new URL(packed, native), { force: true });
    copyFileSync(library, new URL(packed, native));
  } else {
    missing.push(`dist/${built}`);
  }
}
copyFileSync(new URL("../LICENSE", import.meta.url), new URL("LICENSE", import.meta.url));

if (missing.length > 0 && process.argv.includes("--all")) {
  console.error(
    `@crsql/node: not to be published without ${missing.join(" and ")}; run mvn package` +
      " -Dcrsql.natives=all -DskipTests -pl host-native -am first.",
  );
  process.exit(1);
}
