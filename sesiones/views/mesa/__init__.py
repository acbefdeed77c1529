"""La mesa: los seis pasos de una sesión, cada uno en su archivo."""
