#pragma once

namespace moldau {

/**
 * Raises the soft limit of open files of this process, and of those it starts, to the hard one.
 * Each connection and each open segment takes one; Linux desktops begin with 1,024 of them. Leaves
 * the limit alone where the system refuses. Call it before threads start.
 */
void allowAllOpenFiles();

} // namespace moldau
