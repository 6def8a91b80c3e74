/// What goes wrong, and when. Start reading at [dev.labrys.nemesis.Fault].
@NullMarked
package dev.labrys.nemesis;

import org.jspecify.annotations.NullMarked;
