/** The conformance tests on the web host: SQL goes to a guest process, Node or Chromium. */
package io.crsql.host.web;
