/** A Spring Boot service whose database syncs with desktops and laptops through a hub. */
package io.crsql.example.service;
