/** A hub that also serves the web application which syncs with it. */
package io.crsql.example.todomvc;
