"""Lectura de actas viejas: de un texto con ruido a una propuesta que una persona confirma o corrige.

Son reglas deterministas y puras: no leen la base ni el reloj. Cada hecho trae los renglones de donde
salió y con cuánta confianza.
"""
