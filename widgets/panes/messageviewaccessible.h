#pragma once

namespace moldau::widgets {

/** Lets screen readers and UI tests read a MessageView as the table it is. Once is enough. */
void installMessageViewAccessibility();

} // namespace moldau::widgets
