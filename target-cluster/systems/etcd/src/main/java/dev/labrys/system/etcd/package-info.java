/// etcd as a system under test.
@NullMarked
package dev.labrys.system.etcd;

import org.jspecify.annotations.NullMarked;
