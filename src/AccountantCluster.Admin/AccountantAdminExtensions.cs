using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Admin;

/// <summary>Puts the admin's way in into a host.</summary>
public static class AccountantAdminExtensions
{
    /// <summary>
    /// Serves the admin on a Unix domain socket while the host runs. The host brings an <see cref="Cluster.Exchange.IExchange"/> and an
    /// <see cref="Cluster.IChannelControl"/>. Where the socket cannot be opened, the host does not start
    /// (<see cref="AdminSocketException"/>).
    /// </summary>
    /// <exception cref="AdminSocketException">No socket can be at that path.</exception>
    public static IServiceCollection AddAccountantAdmin(this IServiceCollection services, AdminOptions options)
    {
        AdminSocket.Check(options.Socket);
        services.AddSingleton(options);
        services.AddHostedService<AdminHost>();
        return services;
    }
}
