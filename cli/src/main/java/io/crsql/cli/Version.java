package io.crsql.cli;

import picocli.CommandLine.IVersionProvider;

/** The command's version, from the manifest of its jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"crsql " + (version == null ? "(unpackaged)" : version)};
  }
}
