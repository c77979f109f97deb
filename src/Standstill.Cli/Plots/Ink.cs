namespace Standstill.Cli.Plots;

/// <summary>
/// Colours and sizes of all figures. The colours are those of Okabe and Ito, "Color Universal Design" (2008), which the colour-blind tell
/// apart; whatever must also be told apart in grey differs in dash, shape or fill as well.
/// </summary>
internal static class Ink
{
    public const string Black = "#000000";
    public const string White = "#ffffff";
    public const string Orange = "#e69f00";
    public const string SkyBlue = "#56b4e9";
    public const string Green = "#009e73";
    public const string Blue = "#0072b2";
    public const string Vermilion = "#d55e00";
    public const string Purple = "#cc79a7";

    /// <summary>Text that is not in front.</summary>
    public const string Grey = "#555555";

    /// <summary>Lines of the grid and frames.</summary>
    public const string PaleGrey = "#dddddd";

    /// <summary>Where there are no tasks.</summary>
    public const string Shade = "#eeeeee";

    public const double TitleSize = 14;
    public const double AxisSize = 10.5;
    public const double TickSize = 9.5;
    public const double LabelSize = 8.5;
    public const double CaptionSize = 8;
}
