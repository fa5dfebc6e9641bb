#pragma once

namespace moldau::widgets {

/** Makes each thing of a TopologyView a child in the accessibility tree, with its actions. Once is
 * enough. */
void installTopologyAccessibility();

} // namespace moldau::widgets
