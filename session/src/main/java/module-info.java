/** The sync protocol as a state machine, which every host and every transport can run. */
module io.crsql.session {
  exports io.crsql.sync;
}
