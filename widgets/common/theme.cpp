#include "common/theme.h"

#include "common/style.h"

#include <QApplication>
#include <QScreen>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ToneColors {
    QRgb light;
    QRgb dark;
};

// In the order of Tone.
constexpr ToneColors kTones[] = {
    {0xFFF4F6F8, 0xFF10151B}, // Background
    {0xFFFFFFFF, 0xFF171E26}, // Surface
    {0xFFF0F3F6, 0xFF1E2731}, // Raised
    {0xFF18212B, 0xFFE4EAF0}, // Ink
    {0xFF5C6978, 0xFF94A2B2}, // Muted
    {0xFF98A4B1, 0xFF64727F}, // Faint
    {0xFFE1E6EB, 0xFF2A3541}, // Line
    {0xFF0B7A86, 0xFF3CBAC6}, // Accent
    {0xFFE3F3F4, 0xFF12333A}, // AccentGround
    {0xFFFFFFFF, 0xFF0B1116}, // OnAccent
    {0xFF1B8F5A, 0xFF3CC487}, // Good
    {0xFFB86E00, 0xFFE5A03A}, // Warning
    {0xFFC5352B, 0xFFF0695F}, // Bad
    {0xFF98A4B1, 0xFF64727F}, // Offline
};

// Told apart with any kind of colour blindness; in the order in which topics get them.
constexpr ToneColors kTopics[Theme::kTopicTones] = {
    {0xFF0072B2, 0xFF4DA6E0},
    {0xFFD98A00, 0xFFF0AE3C},
    {0xFF00916B, 0xFF34BF95},
    {0xFFB65C8E, 0xFFDE8FBB},
    {0xFF3A8FC4, 0xFF7CC0EC},
    {0xFFC4501B, 0xFFF0824B},
    {0xFF7A5BA8, 0xFFAB92D8},
    {0xFF8A7D00, 0xFFC9BA3A},
};

double channelLuminance(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * channelLuminance(color.redF()) + 0.7152 * channelLuminance(color.greenF())
        + 0.0722 * channelLuminance(color.blueF());
}

} // namespace

Theme::Theme(ThemeMode mode, double scale)
    : m_mode(mode)
    , m_scale(scale)
{
}

const Theme& Theme::current()
{
    if (const auto* style = dynamic_cast<const MoldauStyle*>(QApplication::style()))
        return style->theme();
    static const Theme plain;
    return plain;
}

QColor Theme::color(Tone tone) const
{
    const ToneColors& colors = kTones[static_cast<int>(tone)];
    return QColor::fromRgb(isDark() ? colors.dark : colors.light);
}

QColor Theme::topic(int number) const
{
    if (number < 0)
        return color(Tone::Offline);
    const ToneColors& colors = kTopics[number % kTopicTones];
    return QColor::fromRgb(isDark() ? colors.dark : colors.light);
}

QColor Theme::keyColor(quint32 hash) const
{
    constexpr quint32 kHues = 18;
    // Spread the bits, so that neighbours get hues far apart.
    const quint32 step = (hash * 2654435761u >> 16) % kHues;
    const int hue = static_cast<int>(step * 360 / kHues);
    return QColor::fromHsv(hue, isDark() ? 130 : 190, isDark() ? 235 : 175);
}

QColor Theme::textOn(const QColor& ground)
{
    const double whiteContrast = 1.05 / (luminance(ground) + 0.05);
    return whiteContrast >= 4.5 ? QColor(Qt::white) : QColor(0x0B, 0x11, 0x16);
}

QColor Theme::blend(const QColor& top, const QColor& ground, double share)
{
    const auto mix = [share](int a, int b) {
        return static_cast<int>(std::lround(a * share + b * (1.0 - share)));
    };
    return QColor(mix(top.red(), ground.red()), mix(top.green(), ground.green()),
        mix(top.blue(), ground.blue()));
}

QFont Theme::font(TextRole role) const
{
    static const QStringList textFaces{
        u"Inter"_s, u"Noto Sans CJK KR"_s, u"Noto Sans"_s, u"sans-serif"_s};
    static const QStringList dataFaces{
        u"JetBrains Mono"_s, u"Noto Sans Mono CJK KR"_s, u"DejaVu Sans Mono"_s, u"monospace"_s};

    double size = 13;
    QFont::Weight weight = QFont::Normal;
    bool isData = false;
    switch (role) {
    case TextRole::Body:
        break;
    case TextRole::Strong:
        weight = QFont::DemiBold;
        break;
    case TextRole::Label:
        size = 12;
        break;
    case TextRole::Small:
        size = 11;
        break;
    case TextRole::Tiny:
    case TextRole::Section:
        size = 10.5;
        break;
    case TextRole::PaneTitle:
        size = 14;
        weight = QFont::DemiBold;
        break;
    case TextRole::PageTitle:
        size = 18;
        weight = QFont::Bold;
        break;
    case TextRole::Data:
        size = 12.5;
        isData = true;
        break;
    case TextRole::SmallData:
        size = 11;
        isData = true;
        break;
    }

    QFont font;
    font.setFamilies(isData ? dataFaces : textFaces);
    // Half pixels matter at these sizes, and setPixelSize() takes whole ones only.
    const QScreen* screen = QGuiApplication::primaryScreen();
    font.setPointSizeF(size * m_scale * 72.0 / (screen ? screen->logicalDotsPerInchY() : 96.0));
    font.setWeight(weight);
    if (isData) {
        font.setStyleHint(QFont::Monospace);
        // Ligatures would show "!=" or "->" as a sign that isn't in the data.
        font.setStyleStrategy(QFont::PreferNoShaping);
        // Unhinted, columns of figures keep the width that the size asks for.
        font.setHintingPreference(QFont::PreferNoHinting);
    }
    if (role == TextRole::Section) {
        font.setCapitalization(QFont::AllUppercase);
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6 * m_scale);
        font.setWeight(QFont::Medium);
    }
    return font;
}

int Theme::px(double length) const
{
    return static_cast<int>(std::lround(length * m_scale));
}

QPalette Theme::palette() const
{
    QPalette palette;
    const QColor ink = color(Tone::Ink);
    palette.setColor(QPalette::Window, color(Tone::Background));
    palette.setColor(QPalette::Base, color(Tone::Surface));
    palette.setColor(QPalette::AlternateBase, color(Tone::Surface));
    palette.setColor(QPalette::Button, color(Tone::Raised));
    for (const auto role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, ink);
    palette.setColor(QPalette::PlaceholderText, color(Tone::Muted));
    palette.setColor(QPalette::BrightText, color(Tone::Bad));
    palette.setColor(QPalette::ToolTipBase, color(Tone::Surface));
    palette.setColor(QPalette::Highlight, color(Tone::AccentGround));
    palette.setColor(QPalette::HighlightedText, ink);
    palette.setColor(QPalette::Link, color(Tone::Accent));
    palette.setColor(QPalette::LinkVisited, color(Tone::Accent));
    palette.setColor(QPalette::Light, color(Tone::Surface));
    palette.setColor(QPalette::Midlight, color(Tone::Raised));
    palette.setColor(QPalette::Mid, color(Tone::Line));
    palette.setColor(QPalette::Dark, color(Tone::Line));
    palette.setColor(QPalette::Shadow, color(Tone::Line));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Tone::Faint));
    return palette;
}

} // namespace moldau::widgets
