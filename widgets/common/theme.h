#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

namespace moldau::widgets {

/** The palette's roles. Every colour of the window is one of these or a topic's. */
enum class Tone {
    Background, ///< the window
    Surface, ///< panes, cards
    Raised, ///< fields, selected rows
    Ink, ///< text
    Muted, ///< labels, seconds
    Faint, ///< hints and shortcuts, never needed to understand
    Line, ///< hairlines
    Accent, ///< action, selection, leader of the quorum
    AccentGround, ///< behind what is selected
    OnAccent, ///< text on Accent
    Good,
    Warning,
    Bad,
    Offline,
};

/** The faces and sizes of text. */
enum class TextRole {
    Body, ///< 13 px
    Strong, ///< 13 px, semibold: names, selected things
    Label, ///< 12 px: labels of fields, pills
    Small, ///< 11 px: second lines
    Tiny, ///< 10.5 px: in tiles, legends, shortcuts
    Section, ///< 10.5 px, capitals with air: headings of the navigation
    PaneTitle, ///< 14 px, semibold
    PageTitle, ///< 18 px, bold
    Data, ///< 12.5 px, monospaced: keys, values, offsets, addresses
    SmallData, ///< 11 px, monospaced
};

enum class ThemeMode { Light, Dark };

/**
 * The look's one source: colours, type and measures, for light and dark and for a scale (1.5 in
 * present mode). A value; the application's MoldauStyle holds the one in use. GUI thread.
 */
class Theme {
public:
    static constexpr int kTopicTones = 8;

    explicit Theme(ThemeMode mode = ThemeMode::Light, double scale = 1.0);

    /** That of the application's style; the light one where our style isn't installed. */
    static const Theme& current();

    ThemeMode mode() const { return m_mode; }
    bool isDark() const { return m_mode == ThemeMode::Dark; }
    double scale() const { return m_scale; }

    QColor color(Tone tone) const;
    /** The colour of the topic with this number (see TopicColors); numbers wrap around. */
    QColor topic(int number) const;
    /** The colour of a key's dot: the same for the same hash, apart from the topics' colours. */
    QColor keyColor(quint32 hash) const;
    /** What is readable (4.5:1 at least) on `ground`: white or nearly black. */
    static QColor textOn(const QColor& ground);
    /** `top` with `share` (0…1) over `ground`, opaque. */
    static QColor blend(const QColor& top, const QColor& ground, double share);

    QFont font(TextRole role) const;
    /** A length of the 8 px grid in this theme's scale, rounded. */
    int px(double length) const;
    /** The same unrounded, for painting. */
    double pxf(double length) const { return length * m_scale; }

    QPalette palette() const;

    static constexpr int kFieldHeight = 32;
    static constexpr int kButtonHeight = 30;
    static constexpr int kRowHeight = 30;
    static constexpr int kFieldRadius = 6;
    static constexpr int kPanelRadius = 10;

private:
    ThemeMode m_mode;
    double m_scale;
};

} // namespace moldau::widgets
