namespace Standstill.Node.Pages;

/// <summary>The pages that a person reads.</summary>
internal static class PageRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => _ = routes;
}
