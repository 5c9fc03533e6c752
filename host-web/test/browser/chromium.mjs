/** Debian's Chromium, for all tests in a browser. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why tests cannot run here; false if they can. */
export const skip = !existsSync(CHROMIUM) && `${CHROMIUM} is missing; install it`;

/** A name that browsers do not trust as they do this machine's. */
export const ELSEWHERE = 'elsewhere.test';

export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`,
      // data channels between pages of one machine without a network
      '--allow-loopback-in-peer-connection',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
    ],
  });
}
