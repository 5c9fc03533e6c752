/** What a page downloads of each side, as a bundler makes it, in a folder that is then served. */
import { cp, readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const HERE = import.meta.dirname;

const CRSQL = {
  '@sqlite.org/sqlite-wasm/dist/sqlite3.wasm': 'sqlite3.wasm',
  '@crsql/web/engine/crsql.wasm': 'engine/crsql.wasm',
};

/** Of each side, the modules that its bundle loads by URL. */
export const SIDES = {
  crsql: CRSQL,
  vlcn: { '@vlcn.io/crsqlite-wasm/dist/crsqlite.wasm': 'crsqlite.wasm' },
  crsql_c: CRSQL,
  vlcn_c: { '@vlcn.io/wa-sqlite/dist/crsqlite-sync.wasm': 'crsqlite-sync.wasm' },
};

/** Bundles all sides into a folder, with the bundler and the others that npm put into {@code peers}. */
export async function bundle(folder, peers) {
  await cp(path.join(HERE, 'page'), folder, { recursive: true });
  const packages = [path.resolve(HERE, '../../node_modules'), path.resolve(peers, 'node_modules')];
  const { build } = createRequire(path.resolve(peers, 'package.json'))('esbuild');
  for (const [side, modules] of Object.entries(SIDES)) {
    const to = path.join(folder, side);
    await build({
      entryPoints: [path.join(HERE, 'sides', `${side}.js`)],
      outfile: path.join(to, 'side.js'),
      nodePaths: packages,
      // what only browsers without WebAssembly's garbage collection load
      external: ['./engine/crsql.js'],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
    });
    for (const [module, name] of Object.entries(modules)) {
      await cp(await find(packages, module), path.join(to, name));
    }
  }
  return {
    sqlite_wasm: await version(packages, '@sqlite.org/sqlite-wasm'),
    vlcn: await version(packages, '@vlcn.io/crsqlite-wasm'),
  };
}

async function version(packages, name) {
  return JSON.parse(await readFile(await find(packages, `${name}/package.json`), 'utf8')).version;
}

async function find(packages, file) {
  for (const folder of packages) {
    const found = path.join(folder, file);
    if (await readFile(found).then(() => true, () => false)) {
      return found;
    }
  }
  throw new Error(`${file} is in none of ${packages.join(', ')}; install it with npm`);
}

const COMPRESSIONS = {
  gzip: (bytes) => gzipSync(bytes, { level: 9 }),
  brotli: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
};

/** Bytes by side of the files that a page of it downloads, each compressed on its own. */
export async function bytes(folder, compression) {
  const sizes = {};
  for (const side of Object.keys(SIDES)) {
    sizes[side] = 0;
    for (const file of await readdir(path.join(folder, side), { recursive: true })) {
      if (path.extname(file) !== '') {
        const content = await readFile(path.join(folder, side, file));
        sizes[side] += COMPRESSIONS[compression](content).length;
      }
    }
  }
  return sizes;
}
