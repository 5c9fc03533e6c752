/**
 * The hub's token. It comes once in the URL's fragment, which is sent to no server, and is kept from
 * then on; null if it has never come.
 */
export function hubToken() {
  const [, token] = /^#token=(.+)$/.exec(location.hash) ?? [];
  if (token) {
    localStorage.setItem('token', decodeURIComponent(token));
    history.replaceState(null, '', location.pathname);
  }
  return localStorage.getItem('token');
}
