/** A desktop program whose tickets are on the laptop and sync through a hub when there is one. */
package io.crsql.example.desktop;
