/** A view into crsql_changes: the cells that make up the items, and who wrote them. */

const NEWEST = `
  select pk, cid, col, val, version, lower(hex(coalesce(site_id, crsql_site_id()))) as site,
    site_id is null as own
  from crsql_changes order by db_version desc, cid desc limit 8`;

const body = document.getElementById('changes');

export async function showChanges(db) {
  const known = new Set([...body.rows].map((row) => row.dataset.key));
  const rows = await db.exec(NEWEST);
  body.replaceChildren(
    ...rows.map((change) => {
      const row = rowOf(change);
      row.classList.toggle('fresh', known.size > 0 && !known.has(row.dataset.key));
      return row;
    }),
  );
}

function rowOf({ pk, cid, col, val, version, site, own }) {
  const row = document.createElement('tr');
  row.dataset.key = [pk, cid, version, site].join(' ');
  row.append(
    cell(pk.slice(1, 7)),
    cell(col ?? (cid === -1 ? 'deleted' : 'exists')),
    cell(val, 'value'),
    cell(version, 'number'),
    cell(own ? 'this tab' : short(site), 'by'),
  );
  // a colour for each site
  row.lastElementChild.style.setProperty('--hue', parseInt(site.slice(0, 4), 16) % 360);
  return row;
}

function cell(value, type = '') {
  const data = document.createElement('td');
  data.className = type;
  data.textContent = value ?? 'NULL';
  return data;
}

/** Enough of a site's 32 digits to tell it from others. */
export function short(site) {
  return site.slice(0, 8);
}
